/** From the script tag to an element: where to draw, with which options. */
import { AfterwordComments, define } from './element.js';

const NAMES = ['site', 'page', 'url', 'title', 'published', 'theme', 'lang', 'order', 'loading', 'heading-level', 'debug'];

/** The document's own methods: a host's <img name="querySelector"> must not stand in their way. */
const find = (selector) => Document.prototype.querySelector.call(document, selector);

/** The tag whose script is running; a host's <img name="currentScript"> is not it. */
export function ownTag() {
  return Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript').get.call(document);
}

/** Draws after the tag, in data-target, or in the elements that the page has; with an empty target only there. */
export function start(tag) {
  // Beside v1.js, and above a versioned v1/0.1.0.js.
  const embed = new URL(tag.src.replace(/v1(\/[\d.]+)?\.js.*$/, ''));
  const place = () => {
    define(embed, Object.fromEntries(NAMES.map((name) => [name, tag.getAttribute('data-' + name)])));
    const target = tag.getAttribute('data-target');
    if (target) {
      const inside = find(target);
      if (!inside) console.error(`afterword: nothing on this page matches data-target="${target}"`);
      else if (!(inside instanceof AfterwordComments)) inside.append(new AfterwordComments());
    } else if (target === null && !find('afterword-comments')) {
      if (tag.closest('head')) find('body').append(new AfterwordComments());
      else tag.after(new AfterwordComments());
    }
  };
  // In the head, or with a target, the place may not be parsed yet.
  const early = tag.closest('head') || tag.hasAttribute('data-target');
  if (early && document.readyState === 'loading') document.addEventListener('DOMContentLoaded', place);
  else place();
}
