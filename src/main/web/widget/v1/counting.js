/**
 * "3 Comments" wherever a page asks for it: [data-afterword-count], <afterword-count> and links that end in
 * "#comments". All that one page asks for goes in one request; "afterword:rescan" on the document looks again.
 */
import { MODULES } from './modules.js';
import { pageIdentity, pageKey } from './page-identity.js';

/** What the service takes at once: pages, and characters of query. */
const MOST_PAGES = 100;
const MOST_QUERY = 8_000;

const PLACES = '[data-afterword-count], afterword-count, a[href$="#comments"]';

const english = { one: '{n} Comment', other: '{n} Comments' };

export function start(tag) {
  const counts = new Counts(new URL('..', tag.src), tag.dataset);
  const look = () => Document.prototype.querySelectorAll.call(document, PLACES).forEach((place) => counts.soon(place));
  parsed().then(look);
  if (!customElements.get('afterword-count')) {
    customElements.define(
      'afterword-count',
      class extends HTMLElement {
        connectedCallback() {
          counts.soon(this);
        }
      },
    );
  }
  document.addEventListener('afterword:rescan', look);
  document.addEventListener('afterword:count', ({ detail }) => counts.heard(detail));
}

/** Until all of the page is there: what it asks for goes in one request. */
function parsed() {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((done) => document.addEventListener('DOMContentLoaded', done, { once: true }));
}

/** The page keys of one or many requests: at most so many, and at most so long. */
export function batches(keys) {
  const all = [[]];
  let length = 0;
  for (const key of keys) {
    const size = new URLSearchParams({ page: key }).toString().length + 1;
    if (all.at(-1).length === MOST_PAGES || (length + size > MOST_QUERY && length)) {
      all.push([]);
      length = 0;
    }
    all.at(-1).push(key);
    length += size;
  }
  return all;
}

class Counts {
  #waiting = new Set();
  #shown = new Map();

  constructor(embed, { site, lang }) {
    this.address = new URL(`../api/v1/sites/${encodeURIComponent(site)}/counts`, embed).href;
    this.lang = supported(lang ?? document.documentElement.lang);
    this.number = new Intl.NumberFormat(this.lang);
    this.plural = new Intl.PluralRules(this.lang);
    this.forms = this.#forms(embed);
  }

  async #forms(embed) {
    if (/^en\b/i.test(this.lang)) return english;
    try {
      const { tableFor } = await import(new URL(MODULES + 'languages.js', embed).href);
      return (await tableFor(this.lang)).comments ?? english;
    } catch {
      return english;
    }
  }

  /** Elements that arrive together are asked for together. */
  async soon(element) {
    this.#waiting.add(element);
    if (this.#waiting.size > 1) return;
    await parsed();
    await null;
    const elements = [...this.#waiting];
    this.#waiting.clear();
    await this.#fill(elements);
  }

  async #fill(elements) {
    const keyToElements = new Map();
    for (const element of elements) {
      const key = keyOf(element);
      if (key) keyToElements.set(key, [...(keyToElements.get(key) ?? []), element]);
    }
    if (!keyToElements.size) return;
    await Promise.all(batches(keyToElements.keys()).map((keys) => this.#ask(keys, keyToElements)));
  }

  async #ask(keys, keyToElements) {
    try {
      const query = new URLSearchParams(keys.map((key) => ['page', key]));
      const answer = await fetch(`${this.address}?${query}`, { credentials: 'omit' });
      const { counts } = await answer.json();
      const forms = await this.forms;
      for (const key of keys) {
        for (const element of keyToElements.get(key)) this.#show(element, forms, counts[key]);
        this.#shown.set(key, keyToElements.get(key));
      }
    } catch (error) {
      console.error('afterword: the comments could not be counted:', error);
    }
  }

  /** The comments on this very page have become more or fewer. */
  async heard({ page, count }) {
    const forms = await this.forms;
    for (const element of this.#shown.get(page) ?? []) this.#show(element, forms, count);
  }

  #show(element, forms, n) {
    if (n === undefined) return;
    const number = this.number.format(n);
    const phrase = (forms[this.plural.select(n)] ?? forms.other).replace('{n}', number);
    element.textContent = element.getAttribute('data-format') === 'number' ? number : phrase;
  }
}

/** The page that an element asks about; nothing for a link that leads to somebody else's comments. */
function keyOf(element) {
  const asked = element.getAttribute('data-afterword-count') ?? element.getAttribute('page');
  if (asked) return /^https?:\/\//i.test(asked) ? pageKey(asked) : asked;
  if (asked === null && element.localName === 'a') {
    const { origin, href } = new URL(element.getAttribute('href'), document.baseURI);
    return origin === location.origin ? pageKey(href) : null;
  }
  const canonical = Document.prototype.querySelector.call(document, 'link[rel~="canonical"]');
  return pageIdentity({ canonical: canonical?.href, address: location.href }).key;
}

function supported(lang) {
  try {
    return Intl.getCanonicalLocales(lang || 'en')[0];
  } catch {
    return 'en';
  }
}
