import { element } from './element.js';
import { Sheet } from './sheet.js';

/** Asks for the reasons of a decision on a legal notice or an appeal, which those whom it concerns will read. */
export class Statement {
  /** desk: {messages, templates, view} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.sheet = new Sheet(desk, 'statement');
    this.element = this.sheet.element;
  }

  /** given(statement) is told what was said; reason: of a rejection, or null. */
  ask(action, reason, given) {
    const removes = action !== 'approve';
    this.sheet.ask({
      about: element('p', { class: 'quiet' }, this.say('statement.hint')),
      fields: [
        { name: 'facts', label: this.say('statement.facts'), type: 'textarea', value: reason ? this.desk.templates.words(reason) : '', maxlength: 5_000, required: true },
        ...(removes ? this.#grounds() : []),
        { name: 'automated', label: this.say('statement.automated'), type: 'checkbox' },
      ],
      submit: this.say(`action.${action}`),
      send: ({ facts, ground = 'none', reference = '', automated }) => given({ facts, ground, reference: reference || null, automated }),
    });
  }

  #grounds() {
    return [
      { name: 'ground', label: this.say('statement.ground'), options: ['law', 'terms'].map((ground) => [ground, this.say(`ground.${ground}`)]) },
      { name: 'reference', label: this.say('statement.reference'), maxlength: 300 },
    ];
  }
}
