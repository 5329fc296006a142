/** Words in the reader's language. English is built in; another table may arrive after the first comment. */

export class Words {
  #tables = [];
  #waiting = [];

  constructor(lang) {
    this.lang = supported(lang);
    this.plural = new Intl.PluralRules(this.lang);
    this.number = new Intl.NumberFormat(this.lang);
    this.right = /^(ar|arc|ckb|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)\b/i.test(this.lang);
  }

  /** Adds a module's English words. */
  add(table) {
    this.#tables.push(table);
  }

  /** Puts a translation before the English words and writes again what stands already. */
  translate(table) {
    this.#tables.unshift(table);
    for (const write of this.#waiting.splice(0)) write();
  }

  text(key, values) {
    return this.find(key, values) ?? key;
  }

  /** The phrase for a key, or nothing: for words that the service may use and we may not know. */
  find(key, values = {}) {
    let phrase = this.#tables.find((table) => key in table)?.[key];
    if (!phrase) return undefined;
    if (typeof phrase === 'object') phrase = phrase[this.plural.select(values.n)] ?? phrase.other;
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

  /** An attribute that follows the language. */
  attribute(element, name, key, values) {
    this.#write(() => element.setAttribute(name, this.text(key, values)));
    return element;
  }

  #write(write) {
    write();
    this.#waiting.push(write);
  }
}

function supported(lang) {
  try {
    return Intl.getCanonicalLocales(lang)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
