import { element } from './element.js';
import { Form } from './form.js';
import { problemText } from './problems.js';

/** Sets a second factor up (picture, first code, codes for paper) and takes it away. */
export class SecondFactor {
  /** desk: {api, messages} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', { class: 'factor' });
    this.#show();
  }

  async #show() {
    try {
      const { enabled, recoveryCodes } = await this.desk.api.get('me/totp');
      this.element.replaceChildren(...(enabled ? this.#enabled(recoveryCodes) : this.#disabled()));
    } catch (problem) {
      this.element.replaceChildren(this.#wrong(problem));
    }
  }

  #wrong(problem) {
    return element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem));
  }

  #disabled() {
    return [
      element('p', { class: 'quiet' }, this.say('factor.off')),
      element('button', { type: 'button', class: 'button', onclick: () => this.#begin() }, this.say('factor.begin')),
    ];
  }

  #enabled(recoveryCodes) {
    const remove = new Form({
      messages: this.desk.messages,
      fields: [{ name: 'password', label: this.say('account.present'), type: 'password', autocomplete: 'current-password', required: true }],
      submit: this.say('factor.remove'),
      send: async (values) => {
        await this.desk.api.call('DELETE', 'me/totp', values);
        this.#show();
      },
    });
    return [element('p', {}, this.say('factor.on', { n: recoveryCodes })), remove.element];
  }

  async #begin() {
    try {
      const { secret, uri, qr } = await this.desk.api.post('me/totp', {});
      const confirm = new Form({
        messages: this.desk.messages,
        fields: [{ name: 'code', label: this.say('signIn.code'), autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 20, required: true }],
        submit: this.say('factor.confirm'),
        send: async (values) => this.#confirmed(await this.desk.api.call('PUT', 'me/totp', values)),
      });
      this.element.replaceChildren(
        element('p', {}, this.say('factor.scan')),
        picture(qr, this.say('factor.picture')),
        element('p', {}, element('a', { href: uri, class: 'secret-link' }, this.say('factor.open')), ' ', element('code', { class: 'secret', dir: 'ltr' }, secret)),
        confirm.element,
      );
      confirm.fields.get('code').input.focus();
    } catch (problem) {
      this.element.replaceChildren(this.#wrong(problem));
    }
  }

  #confirmed({ recoveryCodes }) {
    this.element.replaceChildren(
      element('p', { role: 'status' }, this.say('factor.paper')),
      element('ol', { class: 'codes', dir: 'ltr' }, recoveryCodes.map((code) => element('li', {}, element('code', {}, code)))),
    );
  }
}

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_ZONE = 4;

/** Dark on light in every theme, with the margin that readers need. */
function picture({ size, path }, label) {
  const svg = document.createElementNS(SVG, 'svg');
  const side = size + 2 * QUIET_ZONE;
  svg.setAttribute('viewBox', `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`);
  svg.setAttribute('class', 'qr');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path);
  svg.append(dark);
  return svg;
}
