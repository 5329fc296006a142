import { element } from './element.js';

/** What is known of a commenter: in one line, and on demand in full. Comes with the card. */
export class AuthorHistory {
  /** desk: {messages, now()}; card: {history} */
  constructor(desk, { history }) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.history = history;
    this.line = element('div', { class: 'line quiet history-line' }, history ? this.#inShort() : null);
    this.element = element('section', { class: 'history', hidden: true, 'aria-label': this.say('card.history') }, history ? this.#inFull() : null);
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
  }

  #inShort() {
    const { firstSeenAt, approved, rejected, banned } = this.history;
    return [
      banned && element('strong', { class: 'banned' }, this.say('card.banned')),
      element('span', {}, firstSeenAt ? this.say('card.knownSince', { when: this.#since(firstSeenAt) }) : this.say('card.unknown')),
      firstSeenAt && element('span', {}, this.say('card.approved', { n: approved })),
      firstSeenAt && rejected > 0 && element('span', { class: 'turned-down' }, this.say('card.rejected', { n: rejected })),
    ];
  }

  #inFull() {
    const { waiting, lastDecision, notes, sameRange } = this.history;
    return [
      element('p', {}, this.say('card.waiting', { n: waiting })),
      lastDecision && element('p', {}, this.#decision(lastDecision)),
      sameRange.length > 0 && element('p', {}, `${this.say('card.sameRange')} `, sameRange.flatMap(({ name }, n) => [n > 0 && ', ', element('bdi', {}, name || this.say('card.nobody'))])),
      notes.length > 0 && element('ul', { class: 'notes' }, notes.map((note) => this.#note(note))),
    ];
  }

  #decision({ action, reason, at, by }) {
    const done = this.desk.messages.has(`done.${action}`) ? this.say(`done.${action}`, { n: 1 }) : action;
    const why = reason && this.desk.messages.has(`because.${reason}`) ? `${this.say(`because.${reason}`)}.` : reason;
    return [this.say('card.lastDecision'), done, why, by, this.#since(at)].filter(Boolean).join(' ');
  }

  #note({ text, at, by }) {
    return element('li', {}, element('span', { dir: 'auto' }, text), ' ', element('span', { class: 'quiet' }, [by, this.#since(at)].filter(Boolean).join(', ')));
  }

  #since(at) {
    return this.desk.messages.since(new Date(at), this.desk.now());
  }
}
