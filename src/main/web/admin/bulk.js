import { offered } from './actions.js';
import { actionButton } from './card.js';
import { element } from './element.js';

/** While cards are selected: how many, and what can be done to all of them at once. */
export class Bulk {
  constructor(desk) {
    this.desk = desk;
    this.element = element('div', { class: 'bulk', hidden: true, role: 'region' });
  }

  show(cards, n) {
    this.element.hidden = n === 0;
    if (n === 0) return this.element.replaceChildren();
    const { messages } = this.desk;
    const count = messages.say('done.selected', { n });
    const actions = [...new Set(cards.flatMap(offered))];
    this.element.setAttribute('aria-label', count);
    this.element.replaceChildren(
      element('span', { class: 'bulk-count' }, count),
      ...actions.map((action) => actionButton(this.desk, action, () => this.desk.perform(action))),
      element('button', { type: 'button', class: 'button bulk-clear', onclick: () => this.desk.perform('clear') }, messages.say('action.clear')),
    );
  }
}
