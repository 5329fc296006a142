import { element } from '../element.js';
import { problemText } from '../problems.js';

/** Rows from the service, or why there are none. */
export class Listing {
  constructor(messages) {
    this.messages = messages;
    this.element = element('ul', { class: 'rows' });
  }

  /** load() answers the rows' nodes. One after the other: what was asked last is what is shown. */
  fill(load) {
    this.filled = Promise.resolve(this.filled).then(() => this.#fill(load));
    return this.filled;
  }

  async #fill(load) {
    this.element.setAttribute('aria-busy', 'true');
    try {
      const rows = await load();
      this.element.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'quiet' }, this.messages.say('site.none'))]));
    } catch (problem) {
      this.element.replaceChildren(element('li', { class: 'form-error', role: 'alert' }, problemText(this.messages, problem)));
    } finally {
      this.element.removeAttribute('aria-busy');
    }
  }
}

/** A line: what it is, what there is to say of it, and what can be done. */
export function row(name, about, ...controls) {
  return element('li', {}, element('span', {}, element('bdi', {}, name), ' ', element('span', { class: 'quiet' }, about)), controls);
}
