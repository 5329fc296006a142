import { element } from './element.js';
import { Sheet } from './sheet.js';

/** Asks for the reasons of a decision on a legal notice or an appeal, which those whom it concerns will read. */
export class Statement {
  /** By card, what was typed and has not been stored. */
  #drafts = new Map();

  /** desk: {messages, templates, view} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.sheet = new Sheet(desk, 'statement');
    this.element = this.sheet.element;
  }

  /** cards: that it is about; given(statement) is told what was said; reason: of a rejection, or null. */
  ask(action, cards, reason, given) {
    const removes = action !== 'approve';
    const gone = cards.every((card) => card.gone);
    const form = this.sheet.ask({
      about: element('p', { class: 'quiet' }, this.say('statement.hint')),
      fields: [
        { name: 'facts', label: this.say('statement.facts'), type: 'textarea', value: this.#first(reason, gone), maxlength: 5_000, required: true },
        ...(removes ? this.#grounds(gone) : []),
        { name: 'automated', label: this.say('statement.automated'), type: 'checkbox' },
      ],
      submit: this.say(`action.${action}`),
      send: ({ facts, ground = 'none', reference = '', automated }) => given({ facts, ground, reference: reference || null, automated }),
    });
    form.fill(cards.map(({ id }) => this.#drafts.get(id)).find(Boolean) ?? {});
    form.element.addEventListener('input', () => this.keep(cards, form.values));
  }

  /** Whatever becomes of the decision, its reasons need not be typed again. */
  keep(cards, values) {
    for (const { id } of cards) this.#drafts.set(id, values);
  }

  stored(cards) {
    for (const { id } of cards) this.#drafts.delete(id);
  }

  #first(reason, gone) {
    if (gone) return this.say('statement.gone');
    return reason ? this.desk.templates.words(reason) : '';
  }

  #grounds(gone) {
    const grounds = gone ? ['gone', 'law', 'terms'] : ['law', 'terms'];
    return [
      { name: 'ground', label: this.say('statement.ground'), options: grounds.map((ground) => [ground, this.say(`ground.${ground}`)]) },
      { name: 'reference', label: this.say('statement.reference'), maxlength: 300 },
    ];
  }
}
