import { element } from '../element.js';
import { Form } from '../form.js';
import { problemText } from '../problems.js';
import { lines } from './policy.js';
import { Replay, tryButton } from './replay.js';

/** Words that hold a comment and words that make it suspect, one per line. */
export class Words {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', {});
  }

  async show() {
    try {
      const words = await this.desk.api.get(`sites/${this.site}/words`);
      this.element.replaceChildren(this.#form(words).element);
    } catch (problem) {
      this.element.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #form({ blockedWords, suspectWords }) {
    const form = new Form({
      messages: this.desk.messages,
      fields: [
        { name: 'blockedWords', label: this.say('site.blockedWords'), type: 'textarea', value: blockedWords.join('\n') },
        { name: 'suspectWords', label: this.say('site.suspectWords'), type: 'textarea', value: suspectWords.join('\n') },
      ],
      submit: this.say('edit.submit'),
      send: async (values) => {
        await this.desk.api.call('PUT', `sites/${this.site}/words`, settingsOf(values));
        this.desk.announcer.say(this.say('site.saved'));
        this.desk.toast.did(this.say('site.saved'));
      },
    });
    const replay = new Replay(this.desk, this.site);
    form.element.append(tryButton({ desk: this.desk, replay, form, settingsOf }), replay.element);
    return form;
  }
}

function settingsOf({ blockedWords, suspectWords }) {
  return { blockedWords: lines(blockedWords), suspectWords: lines(suspectWords) };
}
