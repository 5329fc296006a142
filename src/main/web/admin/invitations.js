import { element } from './element.js';
import { Form } from './form.js';
import { once } from './once.js';
import { problemText } from './problems.js';

const ROLES = ['moderator', 'viewer', 'owner'];

/** For owners: links that give a role, made and withdrawn. */
export class Invitations {
  /** desk: {api, messages, session} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.list = element('ul', { class: 'rows' });
    const form = new Form({
      messages: desk.messages,
      fields: [
        { name: 'site', label: this.say('filter.site'), options: desk.session.owned },
        { name: 'role', label: this.say('invite.role'), options: ROLES.map((role) => [role, this.say(`role.${role}`)]) },
        { name: 'email', label: this.say('invite.email'), type: 'email', maxlength: 254 },
      ],
      submit: this.say('invite.make'),
      send: (values) => this.#make(values),
    });
    this.element = element('div', {}, this.list, form.element);
    this.#show();
  }

  async #make({ site, role, email }) {
    const { url } = await this.desk.api.post('invitations', { site, role, ...(email ? { email } : {}) });
    await this.#show();
    this.list.prepend(once(this.say('invite.once'), url));
  }

  async #show() {
    try {
      const sites = this.desk.session.owned.map(([site]) => this.desk.api.get('invitations', { site }));
      const open = (await Promise.all(sites)).flatMap(({ invitations }) => invitations);
      this.list.replaceChildren(...open.map((one) => this.#row(one)));
    } catch (problem) {
      this.list.replaceChildren(element('li', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #row({ id, siteName, role, email, expiresAt }) {
    const about = [this.say(`role.${role}`), email, this.say('account.until', { when: this.desk.messages.at(new Date(expiresAt)) })];
    const withdraw = async () => {
      await this.desk.api.call('DELETE', `invitations/${id}`).catch(() => {});
      this.#show();
    };
    return element('li', {},
      element('span', {}, element('bdi', {}, siteName), ' ', element('span', { class: 'quiet' }, about.filter(Boolean).join(' · '))),
      element('button', { type: 'button', class: 'button', onclick: withdraw }, this.say('invite.withdraw')),
    );
  }
}
