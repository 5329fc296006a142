import { element } from './element.js';
import { Form } from './form.js';
import { Invitations } from './invitations.js';
import { once } from './once.js';
import { Passkeys } from './passkeys.js';
import { problemText } from './problems.js';
import { SecondFactor } from './second-factor.js';
import { WaitingMails } from './waiting-mail.js';

const SCOPES = ['queue:read', 'decide', 'settings', 'audit'];

/** One's own account: password, second factor, passkeys, mail, sessions, access tokens; for owners, whom to invite. */
export class Account {
  /** desk: {api, messages, session, now()} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.content = element('div', { class: 'account' });
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'account-title' },
      element('h2', { id: 'account-title' }, this.say('account.title')),
      this.content,
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, this.say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
  }

  open() {
    const { desk } = this;
    this.sessions = element('ul', { class: 'rows' });
    this.tokens = element('ul', { class: 'rows' });
    this.content.replaceChildren(
      this.#section('account.password', this.#password().element),
      this.#section('account.factor', new SecondFactor(desk).element),
      this.#section('account.passkeys', new Passkeys(desk, () => this.#fillSessions()).element),
      this.#section('account.mail', new WaitingMails(desk).element),
      this.#section('account.sessions', this.sessions),
      this.#section('account.tokens', this.tokens, this.#newToken().element),
      ...(desk.session.owned.length > 0 ? [this.#section('account.invitations', new Invitations(desk).element)] : []),
    );
    this.element.showModal();
    this.#fillSessions();
    this.#fill(this.tokens, 'tokens', (token) => this.#token(token));
  }

  #section(title, ...content) {
    return element('details', { class: 'section' }, element('summary', {}, this.say(title)), content);
  }

  async #fill(list, what, row) {
    try {
      const answer = await this.desk.api.get(what);
      list.replaceChildren(...answer[what].map(row));
    } catch (problem) {
      list.replaceChildren(element('li', { class: 'form-error' }, problemText(this.desk.messages, problem)));
    }
  }

  #fillSessions() {
    this.#fill(this.sessions, 'sessions', (session) => this.#session(session));
  }

  #password() {
    return new Form({
      messages: this.desk.messages,
      fields: [
        { name: 'present', label: this.say('account.present'), type: 'password', autocomplete: 'current-password', required: true },
        { name: 'next', label: this.say('account.next'), type: 'password', autocomplete: 'new-password', required: true, minlength: 12 },
      ],
      submit: this.say('account.change'),
      send: async (values) => {
        await this.desk.api.call('PUT', 'me/password', values);
        this.desk.announcer.say(this.say('account.changed'));
        this.#fillSessions();
      },
    });
  }

  #session({ id, client, lastSeenAt, current }) {
    return this.#row(`sessions/${id}`, client, current ? this.say('account.thisOne') : this.#since(lastSeenAt), current ? null : 'account.end');
  }

  #token({ id, name, scopes, expiresAt }) {
    const until = expiresAt ? this.say('account.until', { when: this.desk.messages.at(new Date(expiresAt)) }) : '';
    return this.#row(`tokens/${id}`, name, [scopes.join(', '), until].filter(Boolean).join(' · '), 'account.revoke');
  }

  /** What it is, what there is to say of it, and the button that ends it. */
  #row(path, name, about, action) {
    const button = action && element('button', { type: 'button', class: 'button', onclick: () => this.#end(path, row) }, this.say(action));
    const row = element('li', {}, element('span', {}, element('bdi', {}, name), ' ', element('span', { class: 'quiet' }, about)), button);
    return row;
  }

  async #end(path, row) {
    try {
      await this.desk.api.call('DELETE', path);
      row.remove();
    } catch (problem) {
      row.append(element('span', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #newToken() {
    return new Form({
      messages: this.desk.messages,
      fields: [
        { name: 'name', label: this.say('account.tokenName'), required: true, maxlength: 80 },
        { name: 'scope', label: this.say('account.scope'), options: SCOPES.map((scope) => [scope, scope]) },
        { name: 'days', label: this.say('account.days'), type: 'number', min: 1, max: 3650, inputmode: 'numeric' },
      ],
      submit: this.say('account.make'),
      send: async ({ name, scope, days }) => {
        const { token } = await this.desk.api.post('tokens', { name, scopes: [scope], ...(days ? { days: Number(days) } : {}) });
        await this.#fill(this.tokens, 'tokens', (one) => this.#token(one));
        this.tokens.prepend(once(this.say('account.shownOnce'), token));
      },
    });
  }

  #since(at) {
    return this.desk.messages.since(new Date(at), this.desk.now());
  }
}
