import { element } from '../element.js';
import { problemText } from '../problems.js';
import { Listing, row } from './listing.js';

/** A delivery that waits is looked at again so soon, and no oftener than this. */
const AGAIN_MS = 1_000;
const LOOKS = 20;

/** What one webhook was told or shall be, and sending it again. */
export class Deliveries {
  constructor(desk, site, webhook) {
    Object.assign(this, { desk, site, webhook, sentAgain: new Set() });
    this.say = (key, values) => desk.messages.say(key, values);
    this.listing = new Listing(desk.messages);
    this.more = element('button', { type: 'button', class: 'button', hidden: true, onclick: () => this.#more() }, this.say('site.more'));
    this.element = element('div', { class: 'merge', hidden: true }, this.listing.element, this.more);
  }

  toggle() {
    if (this.element.hidden) return this.open();
    this.element.hidden = true;
    return null;
  }

  /** Looks again while something is on its way, for some seconds. */
  async open(looks = LOOKS) {
    this.element.hidden = false;
    await this.listing.fill(() => this.#page(null));
    if (this.underWay && looks > 0) setTimeout(() => this.element.isConnected && !this.element.hidden && this.open(looks - 1), AGAIN_MS);
  }

  async #page(after) {
    const { deliveries, next } = await this.desk.api.get(`sites/${this.site}/deliveries`, { webhook: this.webhook, after, limit: 20 });
    this.next = next;
    this.more.hidden = next === null;
    this.underWay = deliveries.some(({ id, status, answer, error }) =>
      // An attempt counts from its beginning; what came of it comes later.
      status === 'waiting' && ((answer === null && error === null) || this.sentAgain.has(id)));
    return deliveries.map((delivery) => this.#row(delivery));
  }

  async #more() {
    this.listing.element.append(...(await this.#page(this.next).catch(() => [])));
  }

  #row({ id, event, status, attempts, answer, error, createdAt, nextAt }) {
    const about = [
      this.say(`delivery.${status}`),
      attempts > 0 && this.say('hook.attempts', { n: attempts }),
      answer,
      answer === null && error,
      attempts > 0 && nextAt && this.say('hook.next', { when: this.desk.messages.at(new Date(nextAt)) }),
      this.desk.messages.at(new Date(createdAt)),
    ];
    const again = element('button', { type: 'button', class: 'button', onclick: () => this.#again(id, line) }, this.say('hook.again'));
    const line = row(this.say(`event.${event}`), about.filter(Boolean).join(' · '), status !== 'waiting' && again);
    return line;
  }

  async #again(id, line) {
    try {
      await this.desk.api.post(`sites/${this.site}/deliveries/${id}/redeliver`, {});
      this.sentAgain.add(id);
      await this.open();
    } catch (problem) {
      line.append(element('span', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }
}
