/*
 * The one script tag's script. Classic, so that it can find its own tag; everything else is modules
 * from where it came from. A relative import() here would resolve against about:blank on a foreign page.
 */
(() => {
  const tag =
    Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript').get.call(document) ??
    Document.prototype.querySelector.call(document, 'script[src*="/embed/v1.js"]:not([data-afterword])');
  tag.setAttribute('data-afterword', '');
  import(new URL('v1/loader.js', tag.src).href).then((loader) => loader.start(tag));
})();
