import { element } from '../element.js';
import { problemText } from '../problems.js';
import { Listing, row } from './listing.js';

const ROLES = ['owner', 'moderator', 'viewer'];

/** Who has which role on the site. */
export class Members {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.listing = new Listing(desk.messages);
    this.element = this.listing.element;
  }

  show() {
    return this.listing.fill(async () => {
      const { moderators } = await this.desk.api.get(`sites/${this.site}/moderators`);
      return moderators.map((member) => this.#row(member));
    });
  }

  #row({ id, email, name, role }) {
    const choice = element('select', { 'aria-label': this.say('invite.role'), onchange: () => this.#change(line, 'PUT', id, { role: choice.value }) },
      ROLES.map((one) => element('option', { value: one }, this.say(`role.${one}`))));
    choice.value = role;
    const remove = element('button', { type: 'button', class: 'button', onclick: () => this.#change(line, 'DELETE', id) }, this.say('site.remove'));
    const line = row(name, email, choice, remove);
    return line;
  }

  async #change(line, method, id, body) {
    try {
      await this.desk.api.call(method, `sites/${this.site}/moderators/${id}`, body);
      this.show();
    } catch (problem) {
      line.append(element('span', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }
}
