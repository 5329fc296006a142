import { element } from './element.js';
import { Form } from './form.js';
import { makePasskey, passkeysPossible } from './passkey-device.js';
import { Problem } from './api.js';
import { problemText } from './problems.js';

/** One's own passkeys: made, named and removed. */
export class Passkeys {
  /** desk: {api, messages, announcer, now()}; changed() is called when sessions may have ended. */
  constructor(desk, changed) {
    Object.assign(this, { desk, changed });
    this.say = (key, values) => desk.messages.say(key, values);
    this.list = element('ul', { class: 'rows' });
    this.element = element('div', {}, element('p', { class: 'quiet' }, this.say('passkey.what')), this.list, this.#adding());
    this.#show();
  }

  #adding() {
    if (!passkeysPossible()) return element('p', { class: 'quiet' }, this.say('passkey.impossible'));
    return new Form({
      messages: this.desk.messages,
      fields: [{ name: 'name', label: this.say('passkey.name'), required: true, maxlength: 80 }, this.#password()],
      submit: this.say('passkey.add'),
      send: (values) => this.#add(values),
    }).element;
  }

  #password() {
    return { name: 'password', label: this.say('account.present'), type: 'password', autocomplete: 'current-password', required: true };
  }

  async #add({ name, password }) {
    const { api } = this.desk;
    const response = await makePasskey(await api.post('me/passkeys/challenge', { password }));
    if (!response) throw new Problem({ slug: 'passkey-not-made', detail: this.say('passkey.notMade') });
    await api.post('me/passkeys', { name, response });
    this.desk.announcer.say(this.say('passkey.added'));
    await this.#show();
  }

  async #show() {
    try {
      const { passkeys } = await this.desk.api.get('me/passkeys');
      this.list.replaceChildren(...passkeys.map((one) => this.#row(one)));
    } catch (problem) {
      this.list.replaceChildren(element('li', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #row({ id, name, lastUsedAt }) {
    const used = lastUsedAt ? this.say('passkey.used', { when: this.desk.messages.since(new Date(lastUsedAt), this.desk.now()) }) : this.say('passkey.unused');
    const row = element('li', {},
      element('span', {}, element('bdi', {}, name), ' ', element('span', { class: 'quiet' }, used)),
      this.#button('passkey.rename', () => this.#ask(row, { name: 'name', label: this.say('passkey.name'), required: true, maxlength: 80, value: name }, 'passkey.rename', (values) => this.#rename(id, values))),
      this.#button('passkey.remove', () => this.#ask(row, this.#password(), 'passkey.remove', (values) => this.#remove(id, values))),
    );
    return row;
  }

  #button(label, onclick) {
    return element('button', { type: 'button', class: 'button', onclick }, this.say(label));
  }

  /** In the row's place, until it is sent. */
  #ask(row, field, submit, send) {
    const form = new Form({ messages: this.desk.messages, fields: [field], submit: this.say(submit), send });
    form.element.append(this.#button('help.cancel', () => this.#show()));
    row.replaceChildren(form.element);
    form.focus();
  }

  async #rename(id, { name }) {
    await this.desk.api.call('PATCH', `me/passkeys/${id}`, { name });
    await this.#show();
  }

  async #remove(id, { password }) {
    const { endedSessions } = await this.desk.api.call('DELETE', `me/passkeys/${id}`, { password });
    await this.#show();
    this.list.prepend(element('li', { role: 'status' }, this.say('passkey.removed', { n: endedSessions })));
    this.changed();
  }
}
