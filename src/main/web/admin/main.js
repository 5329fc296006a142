import { Announcer } from './announcer.js';
import { Api } from './api.js';
import { Desk } from './desk.js';
import { element } from './element.js';
import { chosenLanguage, messagesIn } from './i18n/messages.js';
import { Preferences } from './preferences.js';
import { problemText } from './problems.js';
import { Session } from './session.js';
import { SignIn, refusalIn } from './sign-in.js';
import { Welcome, invitationIn } from './welcome.js';

/** The page: either the sign-in form or the desk, and a sign-in dialog over the desk when a session ends. */
class App {
  #asking = null;
  desk = null;

  constructor(body) {
    this.body = body;
    this.preferences = new Preferences();
    this.announcer = new Announcer();
    this.api = new Api({ signedOut: async () => this.desk !== null && (this.#asking ??= this.#askAgain()) });
    this.session = new Session(this.api);
  }

  async start() {
    this.#theme();
    await this.#speak();
    const invitation = invitationIn(location, history);
    if (invitation) return this.#openWelcome(invitation);
    const refusal = refusalIn(location, history);
    try {
      if (await this.session.resume()) this.#openDesk();
      else this.#openSignIn(refusal && this.messages.say(refusal));
    } catch (problem) {
      this.#openFailure(problem);
    }
  }

  async #speak() {
    const wanted = [this.preferences.get('language'), ...navigator.languages].filter(Boolean);
    this.messages = await messagesIn(chosenLanguage(wanted));
    document.documentElement.lang = this.messages.language;
    document.documentElement.dir = this.messages.direction;
    document.title = this.messages.say('app.name');
  }

  #theme() {
    document.documentElement.dataset.theme = this.preferences.get('theme') ?? 'auto';
  }

  #show(...nodes) {
    this.desk?.stop();
    this.desk = null;
    this.announcer.forget();
    this.body.replaceChildren(...nodes, this.announcer.element);
  }

  #openSignIn(lead = null) {
    const form = new SignIn({ messages: this.messages, session: this.session, lead, signedIn: () => this.#openDesk() });
    this.#show(element('main', { class: 'door' }, form.element));
    form.focus();
  }

  #openWelcome(token) {
    const accepted = () => this.#openSignIn(this.messages.say('invite.accepted'));
    this.#show(element('main', { class: 'door' }, new Welcome({ messages: this.messages, api: this.api, token, accepted }).element));
  }

  #openDesk() {
    const desk = new Desk({
      api: this.api,
      session: this.session,
      messages: this.messages,
      preferences: this.preferences,
      announcer: this.announcer,
      leave: () => this.#openSignIn(this.messages.say('signIn.left')),
      change: (name, value) => this.#change(name, value),
    });
    this.#show(desk.element);
    this.desk = desk;
    desk.start();
  }

  #openFailure(problem) {
    const retry = element('button', { type: 'button', class: 'button', onclick: () => this.start() }, this.messages.say('queue.retry'));
    this.#show(element('main', { class: 'door' }, element('div', { class: 'empty', role: 'alert' },
      element('h1', {}, this.messages.say('app.failed')),
      element('p', { class: 'quiet' }, problemText(this.messages, problem)),
      retry,
    )));
  }

  async #change(name, value) {
    this.preferences.set(name, value);
    this.#theme();
    if (name === 'theme') return;
    await this.#speak();
    this.#openDesk();
  }

  /** The session ended while the desk was open: ask over it, so that the place is kept. False if somebody else came. */
  #askAgain() {
    const who = this.session.moderator?.id;
    return new Promise((resolve) => {
      const dialog = element('dialog', { class: 'sheet sign-in-sheet' });
      const signedIn = () => {
        dialog.remove();
        this.#asking = null;
        const same = this.session.moderator.id === who;
        if (!same) this.#openDesk();
        resolve(same);
      };
      const form = new SignIn({ messages: this.messages, session: this.session, lead: this.messages.say('signIn.ended'), signedIn, modal: true });
      dialog.append(form.element);
      dialog.addEventListener('cancel', (event) => event.preventDefault());
      this.body.append(dialog);
      dialog.showModal();
      form.focus();
    });
  }
}

new App(document.body).start();
