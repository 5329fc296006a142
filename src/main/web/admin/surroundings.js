import { element } from './element.js';

/** What stands around a comment in its thread; comes with the card, so opening it asks nobody. */
export class Surroundings {
  /** messages; card: {context: {ancestors, before, replies}, parent} */
  constructor(messages, { context }) {
    this.messages = messages;
    const groups = [
      ['card.above', context?.ancestors],
      ['card.before', context?.before],
      ['card.answers', context?.replies],
    ].filter(([, quoted]) => quoted?.length > 0);
    this.element = element(
      'section',
      { class: 'surroundings', hidden: true, 'aria-label': messages.say('card.context') },
      groups.length === 0 && element('p', { class: 'quiet' }, messages.say('card.alone')),
      groups.flatMap(([title, quoted]) => [element('h3', {}, messages.say(title)), element('ol', {}, quoted.map((one) => this.#quoted(one)))]),
    );
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
  }

  #quoted({ name, text, status, createdAt }) {
    return element(
      'li',
      {},
      element('p', { class: 'quiet' },
        element('bdi', {}, name || this.messages.say('card.nobody')), ' · ', this.messages.at(new Date(createdAt)),
        status !== 'published' && ` · ${this.messages.say(`status.${status}`)}`,
      ),
      element('p', { class: 'quote', dir: 'auto' }, text),
    );
  }
}
