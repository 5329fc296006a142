/** Words in the reader's language. English is built in; another table arrives after the first comment. */
import { h } from './dom.js';
import { format } from './formats.js';

export class Words {
  #tables = [];
  #waiting = [];

  constructor(lang) {
    this.lang = supported(lang);
    this.right = /^(ar|arc|ckb|dv|fa|he|iw|ku-arab|ps|sd|ug|ur|yi)\b/i.test(this.lang);
    if (/^en\b/i.test(this.lang)) this.#waiting = null;
  }

  get number() {
    return format('NumberFormat', this.lang);
  }

  /** Whether a translation is still to come. */
  get waits() {
    return this.#waiting !== null;
  }

  /** Adds a module's English words. */
  add(table) {
    if (!this.#tables.includes(table)) this.#tables.push(table);
  }

  /** Fetches the translation, if one is needed; done in any case. */
  async load() {
    if (!this.waits) return;
    try {
      const { tableFor } = await import('./languages.js');
      this.translate(await tableFor(this.lang));
    } catch {
      this.translate({}); // English it is.
    }
  }

  /** Puts a translation before the English words and writes again what stands already. */
  translate(table) {
    this.#tables.unshift(table);
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const write of waiting) write();
  }

  text(key, values) {
    return this.find(key, values) ?? key;
  }

  /** The phrase for a key, or nothing: for words that the service may use and we may not know. */
  find(key, values = {}) {
    let phrase = this.#tables.find((table) => key in table)?.[key];
    if (!phrase) return undefined;
    if (typeof phrase === 'object') phrase = phrase[format('PluralRules', this.lang).select(values.n)] ?? phrase.other;
    return phrase.replace(/\{(\w+)\}/g, (whole, name) =>
      typeof values[name] === 'number' ? this.number.format(values[name]) : (values[name] ?? whole),
    );
  }

  /** A text node that follows the language. */
  node(key, values) {
    const node = new Text();
    this.#write(() => (node.data = this.text(key, values)));
    return node;
  }

  /** Names an element for those who do not see it, or by another attribute. */
  label(element, key, values, attribute = 'aria-label') {
    this.#write(() => element.setAttribute(attribute, this.text(key, values)));
    return element;
  }

  /** A button that says what it does. */
  button(key, act, attributes, values) {
    return h('button', { type: 'button', onclick: act, ...attributes }, this.node(key, values));
  }

  #write(write) {
    write();
    this.#waiting?.push(write);
  }
}

function supported(lang) {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
