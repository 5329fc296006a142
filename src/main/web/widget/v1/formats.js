/** Formats of Intl: costly to make, and the same for all comments. */
const made = new Map();

export function format(kind, lang, options = {}) {
  const name = kind + lang + options.dateStyle;
  if (!made.has(name)) made.set(name, new Intl[kind](lang, options));
  return made.get(name);
}
