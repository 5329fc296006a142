import { element } from './element.js';
import { passkeysPossible } from './passkey-device.js';
import { problemText } from './problems.js';

const NOT_SIGNED_IN = /^#not-signed-in=(role|refused|away)$/;

/** The message that says why the identity provider let nobody in, by the address it led to; null without one. */
export function refusalIn(location, history) {
  const why = NOT_SIGNED_IN.exec(location.hash)?.[1] ?? null;
  if (why) history.replaceState(null, '', location.pathname);
  return why && `signIn.provider.${why}`;
}

/** The form that lets a moderator in. */
export class SignIn {
  /** lead: a sentence above the form, or null. signedIn() is called after success. */
  constructor({ messages, session, lead = null, signedIn, modal = false }) {
    Object.assign(this, { messages, session, signedIn });
    const say = (key) => messages.say(key);
    this.email = field('email', say('signIn.email'), { type: 'email', autocomplete: 'username', inputmode: 'email', autocapitalize: 'none', spellcheck: 'false', maxlength: 254 });
    this.password = field('password', say('signIn.password'), { type: 'password', autocomplete: 'current-password' });
    this.code = field('code', say('signIn.code'), { autocomplete: 'one-time-code', autocapitalize: 'none', spellcheck: 'false', maxlength: 32 });
    this.code.element.hidden = true;
    this.email.input.value = session.moderator?.email ?? '';
    this.error = element('p', { class: 'form-error', role: 'alert', id: 'sign-in-error' });
    this.submit = element('button', { type: 'submit', class: 'button primary wide' }, say('signIn.submit'));
    this.passkey = passkeysPossible() && element('button', { type: 'button', class: 'button wide', onclick: () => this.#byPasskey() }, say('signIn.passkey'));
    this.element = element('form', { class: 'sign-in', novalidate: true, onsubmit: (event) => this.#send(event) },
      element('p', { class: 'wordmark large', 'aria-hidden': 'true' }, say('app.name')),
      element(modal ? 'h2' : 'h1', {}, say('signIn.title')),
      lead && element('p', { class: 'quiet' }, lead),
      this.email.element,
      this.password.element,
      this.code.element,
      this.error,
      this.submit,
      this.passkey,
    );
    this.#offerProvider();
  }

  focus() {
    (this.email.input.value ? this.password : this.email).input.focus();
  }

  async #send(event) {
    event.preventDefault();
    if (this.submit.disabled) return;
    const empty = this.#fields().find(({ input }) => !input.value.trim());
    if (empty) return empty.input.focus();
    this.#working(true);
    try {
      await this.session.signIn({
        email: this.email.input.value.trim(),
        password: this.password.input.value,
        code: this.code.input.value.trim(),
      });
      this.password.input.value = '';
      this.code.input.value = '';
      this.error.textContent = '';
      this.signedIn();
    } catch (problem) {
      this.#refused(problem);
    } finally {
      this.#working(false);
    }
  }

  /** Once it is known; who signs in by password does not wait for it. */
  async #offerProvider() {
    const name = await this.session.provider().catch(() => null);
    if (name) this.element.append(element('a', { class: 'button wide', href: '/api/v1/admin/oidc/start' }, this.messages.say('signIn.provider', { name })));
  }

  async #byPasskey() {
    if (this.submit.disabled) return;
    this.#working(true);
    try {
      if (await this.session.signInByPasskey()) this.signedIn();
      else this.error.textContent = this.messages.say('signIn.noPasskey');
    } catch (problem) {
      this.error.textContent = problem.status === 401 ? this.messages.say('signIn.wrongPasskey') : problemText(this.messages, problem);
    } finally {
      this.#working(false);
    }
  }

  /** The code of a second factor is asked for once the service has asked for it. */
  #fields() {
    return this.code.element.hidden ? [this.email, this.password] : [this.email, this.password, this.code];
  }

  #refused(problem) {
    const { messages } = this;
    if (problem.slug === 'code-required') return this.#askForCode();
    this.error.textContent = problem.status === 401 ? messages.say('signIn.wrong') : problemText(messages, problem);
    this.password.input.select();
    this.password.input.focus();
  }

  #askForCode() {
    this.error.textContent = this.messages.say(this.code.input.value ? 'signIn.wrongCode' : 'signIn.codeHint');
    this.code.element.hidden = false;
    this.code.input.select();
    this.code.input.focus();
  }

  #working(on) {
    this.submit.disabled = on;
    if (this.passkey) this.passkey.disabled = on;
    this.submit.textContent = this.messages.say(on ? 'signIn.working' : 'signIn.submit');
  }
}

function field(name, label, attributes) {
  const input = element('input', { id: `sign-in-${name}`, name, required: true, 'aria-describedby': 'sign-in-error', ...attributes });
  return { input, element: element('label', { class: 'field' }, element('span', {}, label), input) };
}
