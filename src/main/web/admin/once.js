import { element } from './element.js';

/** A secret that is shown this one time, ready to be copied. */
export function once(label, secret) {
  const field = element('input', { class: 'secret', readonly: true, value: secret, 'aria-label': label, onfocus: () => field.select() });
  return element('li', { class: 'once' }, element('span', { class: 'quiet' }, label), field);
}
