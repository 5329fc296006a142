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
      const template = this.#templates[Number(key) - 1];
      if (template) this.#choose(template.action);
    });
  }

  open(id = null) {
    this.#id = id;
    this.list.replaceChildren(...this.#templates.map((template, n) => this.#choice(template, n)));
    this.element.showModal();
  }

  /** Those of the card's site. */
  get #templates() {
    const { queue, templates } = this.desk;
    return templates.of(queue.cards.find((card) => card.id === (this.#id ?? queue.cursor))?.site);
  }

  #choice({ action, words }, n) {
    return element('li', {}, element(
      'button',
      { type: 'button', class: 'button wide choice-button', onclick: () => this.#choose(action) },
      element('span', { dir: 'auto' }, words),
      element('kbd', { 'aria-hidden': 'true' }, String(n + 1)),
    ));
  }

  #choose(action) {
    this.element.close();
    this.desk.perform(action, this.#id);
  }
}
