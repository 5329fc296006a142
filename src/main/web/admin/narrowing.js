import { element, icon } from './element.js';
import { NARROWING } from './filter.js';

const CROSS = 'M7 7l10 10M17 7L7 17';

/** Above the cards, where only some are shown: which ones, and a way back to all. */
export class Narrowing {
  constructor(desk) {
    this.desk = desk;
    this.element = element('div', { class: 'narrowing', hidden: true });
  }

  draw() {
    const { filter } = this.desk;
    const on = NARROWING.filter((name) => filter[name]);
    this.element.hidden = on.length === 0;
    this.element.replaceChildren(...on.map((name) => this.#chip(name)));
  }

  #chip(name) {
    const { messages, filter } = this.desk;
    const words = this.#words[name]();
    return element(
      'button',
      {
        type: 'button',
        class: 'chip',
        'data-filter': name,
        'aria-label': messages.say('filter.remove', { what: words }),
        onclick: () => this.desk.go({ ...filter, [name]: '' }),
      },
      element('bdi', {}, words),
      icon(CROSS),
    );
  }

  #words = {
    reason: () => this.desk.reasonWords(this.desk.filter.reason),
    page: () => this.#some(({ page }) => page?.key === this.desk.filter.page)?.page.title || this.desk.filter.page,
    author: () => {
      const card = this.#some(({ author }) => author?.id === this.desk.filter.author);
      return card?.author.name || this.desk.messages.say('filter.oneAuthor');
    },
    q: () => `“${this.desk.filter.q}”`,
  };

  #some(matches) {
    return this.desk.queue.cards.find(matches);
  }
}
