/** The fields of the box besides the text, and the problems shown next to them. */
import { h } from './reading.js';

/** One labelled input with room for its problem. */
export class Field {
  constructor(words, id, key, attributes, hint) {
    const error = id + '-error';
    this.words = words;
    this.input = h('input', { id, class: 'input', 'aria-describedby': error, ...attributes });
    this.error = h('p', { id: error, class: 'error' });
    const aside = hint && h('span', { class: 'hint' }, ' ', words.node(hint));
    this.element = h('div', { class: 'field' }, h('label', { for: id }, words.node(key), aside), this.input, this.error);
  }

  /** Shows what is wrong, or nothing. */
  problem(text) {
    show(this.input, this.error, text);
  }
}

export function show(input, error, text) {
  error.textContent = text ?? '';
  if (text) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/** A field that people do not see and programs like to fill in. */
export function trap() {
  const input = h('input', { name: 'trap', tabindex: -1, autocomplete: 'off' });
  return { input, element: h('div', { class: 'unseen', 'aria-hidden': 'true' }, input) };
}
