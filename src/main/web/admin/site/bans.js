import { element } from '../element.js';
import { Listing, row } from './listing.js';

/** Who is kept out, and letting them in again. */
export class Bans {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.listing = new Listing(desk.messages);
    this.element = this.listing.element;
  }

  show() {
    return this.listing.fill(async () => {
      const { bans } = await this.desk.api.get('bans', { site: this.site });
      return bans.map((ban) => this.#row(ban));
    });
  }

  #row({ id, by, name, email, range, holds, shadow, reason, createdBy, expiresAt }) {
    const whom = { commenter: name || this.say('card.nobody'), email, range: range || this.say('ban.range') }[by];
    const until = expiresAt ? this.say('account.until', { when: this.desk.messages.at(new Date(expiresAt)) }) : this.say('ban.ever');
    const about = [until, reason, createdBy, holds && this.say('ban.holds'), shadow && this.say('ban.shadow')].filter(Boolean).join(' · ');
    if (!this.desk.mayDecide(this.site)) return row(whom, about);
    const lift = async () => {
      await this.desk.api.call('DELETE', `bans/${id}`).catch(() => {});
      this.show();
    };
    return row(whom, about, element('button', { type: 'button', class: 'button', onclick: lift }, this.say('site.lift')));
  }
}
