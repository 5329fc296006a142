/*
 * The one script tag's script, as it is before packing. Classic, so that it can find its own tag; the rest
 * is modules from where it came from. A relative import() would resolve against about:blank on a foreign page.
 */
(() => {
  const tag = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript').get.call(document);
  import(new URL('v1/loader.js', tag.src).href).then((loader) => loader.start(tag));
})();
