import { element } from './element.js';
import { Form } from './form.js';
import { problemText } from './problems.js';

/** The token of an invitation in the address, which is taken out of it; null without one. */
export function invitationIn(location, history) {
  const token = /^#invitation=([\w.-]+)$/.exec(location.hash)?.[1] ?? null;
  if (token) history.replaceState(null, '', location.pathname);
  return token;
}

/** Where an invitation leads: what it offers, and a new account or the password of one's own. */
export class Welcome {
  /** accepted() is called once the role is given. */
  constructor({ messages, api, token, accepted }) {
    Object.assign(this, { messages, api, token, accepted });
    this.say = (key, values) => messages.say(key, values);
    this.element = element('div', { class: 'sign-in' }, element('p', { class: 'wordmark large', 'aria-hidden': 'true' }, this.say('app.name')));
    this.#show();
  }

  async #show() {
    try {
      const { siteName, site, role, email, invitedBy } = await this.api.once('POST', 'invitations/preview', { token: this.token });
      this.element.append(
        element('h1', {}, this.say('invite.title')),
        element('p', {}, this.say('invite.offer', { who: invitedBy, role: this.say(`role.${role}`), site: siteName || site })),
        element('p', { class: 'quiet' }, this.say('invite.how')),
        this.#form(email).element,
      );
    } catch (problem) {
      this.element.append(element('h1', {}, this.say('invite.gone')), element('p', { role: 'alert' }, problemText(this.messages, problem)));
    }
  }

  #form(email) {
    const form = new Form({
      messages: this.messages,
      fields: [
        { name: 'email', label: this.say('signIn.email'), type: 'email', autocomplete: 'username', required: true, value: email ?? '', readonly: Boolean(email) },
        { name: 'name', label: this.say('invite.name'), autocomplete: 'name', maxlength: 80 },
        { name: 'password', label: this.say('signIn.password'), type: 'password', autocomplete: 'new-password', required: true },
        { name: 'code', label: this.say('invite.code'), autocomplete: 'one-time-code', maxlength: 32 },
      ],
      submit: this.say('invite.accept'),
      send: async ({ email: address, name, password, code }) => {
        await this.api.once('POST', 'invitations/accept', { token: this.token, email: address, name, password, ...(code ? { code } : {}) });
        this.accepted();
      },
    });
    return form;
  }
}
