import { element } from '../element.js';
import { Form } from '../form.js';
import { problemText } from '../problems.js';
import { Replay, tryButton } from './replay.js';

const MODES = ['open', 'trusted', 'all'];
const PROOFS = ['off', 'when-risky'];
/** Settings that most sites touch; the rest is in the interface for programs. */
const NUMBERS = ['trustedAfter', 'maxLinks', 'editWindowSeconds', 'maxDepth', 'holdAfterDays', 'closeAfterDays', 'scoreToHold', 'doubtToHold'];
const FLAGS = ['recallNearDuplicates', 'requireName'];

/** What the site is called, where its pages are, and how strict it is. */
export class Policy {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', {});
  }

  async show() {
    try {
      const [{ sites }, settings] = await Promise.all([this.desk.api.get('sites'), this.desk.api.get(`sites/${this.site}/settings`)]);
      this.element.replaceChildren(this.#form(sites.find(({ key }) => key === this.site), settings).element);
    } catch (problem) {
      this.element.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #form({ name, origins }, settings) {
    const form = new Form({
      messages: this.desk.messages,
      fields: [
        { name: 'name', label: this.say('site.name'), maxlength: 300, value: name },
        { name: 'origins', label: this.say('site.origins'), type: 'textarea', rows: 3, value: origins.join('\n') },
        { name: 'mode', label: this.say('site.mode'), options: MODES.map((mode) => [mode, this.say(`mode.${mode}`)]) },
        ...NUMBERS.map((number) => ({ name: number, label: this.say(`setting.${number}`), type: 'number', min: 0, inputmode: 'numeric', value: settings[number] })),
        { name: 'rejectTemplates', label: this.say('setting.rejectTemplates'), type: 'textarea', rows: 4, value: settings.rejectTemplates.join('\n') },
        { name: 'proofOfWork', label: this.say('setting.proofOfWork'), options: PROOFS.map((proof) => [proof, this.say(`proofOfWork.${proof}`)]) },
        ...FLAGS.map((flag) => ({ name: flag, label: this.say(`setting.${flag}`), type: 'checkbox', checked: settings[flag] })),
      ],
      submit: this.say('edit.submit'),
      keep: true,
      send: (values) => this.#save(values),
    });
    for (const choice of ['mode', 'proofOfWork']) form.fields.get(choice).input.value = settings[choice];
    const replay = new Replay(this.desk, this.site);
    form.element.append(tryButton({ desk: this.desk, replay, form, settingsOf }), replay.element);
    return form;
  }

  async #save(values) {
    const { api, announcer } = this.desk;
    await api.call('PATCH', `sites/${this.site}`, { name: values.name, origins: lines(values.origins) });
    await api.call('PATCH', `sites/${this.site}/settings`, { ...settingsOf(values), rejectTemplates: lines(values.rejectTemplates) });
    await this.desk.templates.load();
    announcer.say(this.say('site.saved'));
    this.desk.toast.did(this.say('site.saved'));
  }
}

function settingsOf({ mode, proofOfWork, ...values }) {
  const numbers = Object.fromEntries(NUMBERS.map((number) => [number, Number(values[number])]));
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, values[flag]]));
  return { mode, proofOfWork, ...flags, ...numbers };
}

/** What stands on the lines of a field. */
export function lines(text) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
}
