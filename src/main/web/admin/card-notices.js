import { element } from './element.js';

/** What waits about a comment: legal notices, and appeals against what was decided on it. */
export class CardNotices {
  /** desk: {messages, now()} */
  constructor(desk, { notices = [], appeals = [], anotherModerator, gone }) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = notices.length + appeals.length === 0 ? null : element(
      'section',
      { class: 'notices', 'aria-label': this.say('reason.notice') },
      notices.map((notice) => this.#notice(notice)),
      appeals.map((appeal) => this.#appeal(appeal)),
      anotherModerator && element('p', { class: 'note' }, this.say('problem.another-moderator')),
      gone && element('p', { class: 'note' }, this.say('notice.gone')),
    );
  }

  #notice({ category, law, explanation, name, email, createdAt }) {
    return element(
      'article',
      {},
      element('h3', {}, this.say('notice.about', { what: this.say(`notice.${category}`) })),
      element('p', { class: 'said', dir: 'auto' }, explanation),
      law && element('p', { class: 'quiet', dir: 'auto' }, law),
      this.#signed(createdAt, name, email),
    );
  }

  #appeal({ by, text, createdAt, against }) {
    return element(
      'article',
      {},
      element('h3', {}, this.say(`appeal.${by}`)),
      element('p', { class: 'said', dir: 'auto' }, text),
      this.#signed(createdAt),
      element('blockquote', { class: 'parent' },
        element('p', { class: 'quiet' }, this.say('appeal.against', { name: against.by ?? '–', action: this.say(`action.${against.action}`) })),
        element('p', { class: 'quote', dir: 'auto' }, [against.reference, against.facts].filter(Boolean).join(' · '))),
    );
  }

  #signed(at, ...names) {
    const { messages } = this.desk;
    const time = new Date(at);
    return element('div', { class: 'line quiet' },
      element('time', { datetime: at, title: messages.at(time) }, messages.since(time, this.desk.now())),
      names.filter(Boolean).map((name) => element('bdi', {}, name)));
  }
}
