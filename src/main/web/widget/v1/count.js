/*
 * The script for pages that list articles, as it is before packing: fills in how many comments each has.
 * Classic, so that it can find its own tag.
 */
(() => {
  const tag = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript').get.call(document);
  import(new URL('counting.js', tag.src).href).then((counting) => counting.start(tag));
})();
