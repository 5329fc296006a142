import { element } from './element.js';
import { Form } from './form.js';
import { problemText } from './problems.js';

const MINUTES = [15, 60, 240, 1440];

/** Whether one gets mail when comments wait, and how often at most. */
export class WaitingMails {
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', {});
    this.#show();
  }

  async #show() {
    try {
      this.#draw(await this.desk.api.get('me/mail'));
    } catch (problem) {
      this.element.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #draw({ sends, everyMinutes, refusal }) {
    const { messages } = this.desk;
    const choices = [...new Set([...MINUTES, everyMinutes ?? MINUTES[0]])].sort((one, other) => one - other);
    const form = new Form({
      messages,
      fields: [{ name: 'every', label: this.say('mail.every'), options: [['', this.say('mail.never')], ...choices.map((minutes) => [minutes, messages.lasting(minutes * 60)])] }],
      submit: this.say('account.change'),
      send: async ({ every }) => {
        await this.desk.api.call('PUT', 'me/mail', { everyMinutes: every ? Number(every) : null, language: messages.language });
        this.desk.announcer.say(this.say('site.saved'));
        this.said.textContent = this.say('site.saved');
      },
    });
    form.fields.get('every').input.value = everyMinutes ?? '';
    this.said = element('p', { class: 'quiet', role: 'status' });
    const refused = refusal && element('p', { class: 'form-error', role: 'alert' }, this.say('mail.refused', { answer: refusal }));
    this.element.replaceChildren(...(refused ? [refused] : []), ...(sends ? [] : [element('p', { class: 'quiet' }, this.say('mail.unsent'))]), form.element, this.said);
  }
}
