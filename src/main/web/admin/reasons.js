import { REASONS } from './actions.js';
import { element } from './element.js';

/** Asks why a comment is rejected; a digit answers. */
export class Reasons {
  #id = null;

  constructor(desk) {
    this.desk = desk;
    this.list = element('ul', { class: 'choices' });
    this.element = element(
      'dialog',
      { class: 'sheet', 'aria-labelledby': 'reasons-title' },
      element('h2', { id: 'reasons-title' }, desk.messages.say('reasons.title')),
      this.list,
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('keydown', ({ key }) => {
      const action = Object.keys(REASONS)[Number(key) - 1];
      if (action) this.#choose(action);
    });
  }

  open(id = null) {
    this.#id = id;
    this.list.replaceChildren(...Object.keys(REASONS).map((action, n) => this.#choice(action, n)));
    this.element.showModal();
  }

  #choice(action, n) {
    const { messages } = this.desk;
    return element('li', {}, element(
      'button',
      { type: 'button', class: 'button wide choice-button', onclick: () => this.#choose(action) },
      element('span', {}, messages.say(`because.${REASONS[action]}`)),
      element('kbd', { 'aria-hidden': 'true' }, String(n + 1)),
    ));
  }

  #choose(action) {
    this.element.close();
    this.desk.perform(action, this.#id);
  }
}
