import { element } from './element.js';

const KEPT = 3;

/** Says what happened to those who do not see it. A line each: two things said at once are both heard. */
export class Announcer {
  constructor() {
    this.element = element('div', {
      class: 'unseen',
      'data-announcer': true,
      'aria-live': 'polite',
      'aria-relevant': 'additions',
    });
  }

  /** What was said belongs to what was shown then. */
  forget() {
    this.element.replaceChildren();
  }

  say(text) {
    this.element.append(element('p', {}, [text]));
    while (this.element.childElementCount > KEPT) this.element.firstElementChild.remove();
  }
}
