import { element } from './element.js';

/** Says what happened to those who do not see it. Two lines in turn, so that the same words are said twice. */
export class Announcer {
  #turn = 0;

  constructor() {
    this.lines = [0, 1].map(() => element('p', { 'aria-live': 'polite', 'aria-atomic': 'true' }));
    this.element = element('div', { class: 'unseen', 'data-announcer': true }, this.lines);
  }

  say(text) {
    this.#turn = 1 - this.#turn;
    this.lines[this.#turn].textContent = text;
    this.lines[1 - this.#turn].textContent = '';
  }
}
