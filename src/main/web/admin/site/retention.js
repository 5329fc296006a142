import { element } from '../element.js';
import { Form } from '../form.js';
import { problemText } from '../problems.js';

/** Settings, and the count that each of them is about. */
const SETTINGS = { forgetSendersAfterDays: 'senders', eraseRejectedAfterDays: 'rejected', eraseDeletedAfterDays: 'deleted' };

/** How long is kept what nobody reads any more. Says how much would go, and asks before anything does. */
export class Retention {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', { class: 'form' });
  }

  async show() {
    try {
      const settings = await this.desk.api.get(`sites/${this.site}/settings`);
      this.#draw(settings);
    } catch (problem) {
      this.element.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #draw(settings) {
    this.form = new Form({
      messages: this.desk.messages,
      fields: Object.keys(SETTINGS).map((name) => ({ name, label: this.say(`setting.${name}`), type: 'number', min: 0, inputmode: 'numeric', value: settings[name] })),
      submit: this.say('edit.submit'),
      keep: true,
      send: (values) => this.#send(numbersOf(values)),
    });
    this.notes = {};
    for (const [name, count] of Object.entries(SETTINGS)) {
      this.notes[count] = element('p', { class: 'note', role: 'status' });
      this.form.fields.get(name).element.after(this.notes[count]);
    }
    this.form.element.addEventListener('input', () => this.#notAsked());
    this.element.replaceChildren(element('p', { class: 'quiet' }, this.say('retention.about')), this.form.element);
  }

  #notAsked() {
    this.asked = null;
    this.form.submit.textContent = this.say('edit.submit');
    for (const note of Object.values(this.notes)) note.textContent = '';
  }

  /** What goes does not come back, so the first press tells how much that is. */
  async #send(wanted) {
    const asked = JSON.stringify(wanted);
    if (this.asked !== asked && (await this.#tells(wanted))) {
      this.asked = asked;
      this.form.submit.textContent = this.say('retention.submit');
      return;
    }
    await this.desk.api.call('PATCH', `sites/${this.site}/settings`, wanted);
    this.#notAsked();
    this.desk.announcer.say(this.say('site.saved'));
    this.desk.toast.did(this.say('site.saved'));
  }

  /** Whether anything would go. What cannot be counted is refused by its field when it is saved. */
  async #tells(wanted) {
    if (Object.values(wanted).some((days) => !(Number.isInteger(days) && days >= 0 && days <= MOST_DAYS))) return false;
    const { most, ...counts } = await this.desk.api.get(`sites/${this.site}/retention`, wanted);
    for (const [count, n] of Object.entries(counts)) this.notes[count].textContent = n > 0 ? this.#words(count, n, most) : '';
    return Object.values(counts).some((n) => n > 0);
  }

  #words(count, n, most) {
    if (n > most) return this.say('retention.more', { n: most });
    return this.say(count === 'senders' ? 'retention.senders' : 'retention.texts', { n });
  }
}

const MOST_DAYS = 36_500;

function numbersOf(values) {
  return Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, Number(values[name])]));
}
