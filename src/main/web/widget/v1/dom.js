/** Making elements, and the one place where a comment's html becomes nodes. */

const create = Document.prototype.createElement.bind(document);

/**
 * An element; attributes that start with "on" are listeners, null and false ones are left out. Its classes
 * are its parts: what we style, the host may style.
 */
export function h(tag, attributes = {}, ...children) {
  const element = create(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
    if (name === 'class') element.setAttribute('part', value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Lets whatever waits on this page come first. */
export const pause = () => globalThis.scheduler?.postTask(() => {}) ?? new Promise((done) => setTimeout(done));

/** What the service's policy lets through; the browser's own sanitizer holds it to that a second time. */
const POLICY = {
  sanitizer: {
    elements: [
      ...['p', 'b', 'i', 'em', 'strong', 'pre', 'blockquote', 'ul', 'li', 'br', 'del', 'hr'],
      { name: 'a', attributes: ['href', 'rel'] },
      { name: 'code', attributes: ['class'] },
      { name: 'ol', attributes: ['start'] },
    ],
  },
};

const trusted = globalThis.trustedTypes?.createPolicy
  ? lazily(() => trustedTypes.createPolicy('afterword', { createHTML: (html) => html }))
  : () => ({ createHTML: (html) => html });

/** Shows a comment's html, which the service has sanitized. */
export function showHtml(element, html) {
  // THE ONE LINE THAT PUTS HTML INTO THE DOM. Everything else in the widget is text nodes.
  element.setHTML ? element.setHTML(html, POLICY) : (element.innerHTML = trusted().createHTML(html));
}

function lazily(make) {
  let made;
  return () => (made ??= make());
}
