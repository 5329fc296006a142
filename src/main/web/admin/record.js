import { element } from './element.js';
import { problemText } from './problems.js';
import { Listing } from './site/listing.js';

/** What there is of legal notices, as tables to take along. */
const NOTICES = ['notices', 'statements', 'appeals'];

/** Who changed what, the newest first: for owners, of their sites. Nothing in it can be changed. */
export class Record {
  /** desk: {api, messages, session, view} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.site = element('select', { 'aria-label': this.say('filter.site'), hidden: desk.session.owned.length < 2, onchange: () => this.#fill() },
      desk.session.owned.map(([key, name]) => element('option', { value: key }, name)));
    this.listing = new Listing(desk.messages);
    this.downloads = NOTICES.map((kind) => ({ kind, link: element('a', { class: 'button link-button', download: `${kind}.csv` }, this.say(`record.${kind}`)) }));
    this.more = element('button', { type: 'button', class: 'button', hidden: true, onclick: () => this.#more() }, this.say('site.more'));
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'record-title' },
      element('h2', { id: 'record-title' }, this.say('record.title')),
      this.site,
      this.listing.element,
      this.more,
      element('p', { class: 'quiet' }, this.say('record.download')),
      element('div', { class: 'downloads' }, this.downloads.map(({ link }) => link)),
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, this.say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
  }

  open() {
    this.element.showModal();
    return this.#fill();
  }

  #fill() {
    const site = this.site.value;
    for (const { kind, link } of this.downloads) link.href = `/api/v1/admin/notices?${new URLSearchParams({ site, kind, format: 'csv' })}`;
    return this.listing.fill(() => this.#page(null));
  }

  async #page(after) {
    const { entries, next } = await this.desk.api.get('audit', { site: this.site.value, after });
    this.next = next;
    this.more.hidden = next === null;
    return entries.map((entry) => this.#row(entry));
  }

  async #more() {
    try {
      this.listing.element.append(...(await this.#page(this.next)));
    } catch (problem) {
      this.listing.element.append(element('li', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #row({ at, actor, name, action, object, before, after, reason }) {
    const { messages } = this.desk;
    const key = [`audit.${action}`, `action.${action}`].find((one) => messages.has(one));
    const word = key ? this.say(key) : spelt(action);
    const why = reason && this.#why(reason);
    const status = (one) => this.say(`status.${one}`);
    const change = after && before && before !== after ? `${status(before)} → ${status(after)}` : after ? status(after) : null;
    return element('li', { class: 'record-row' },
      element('span', {},
        element('strong', {}, word), ' ',
        element('bdi', { class: 'quiet' }, object), ' ',
        element('span', { class: 'quiet' }, [change, why].filter(Boolean).join(' · '))),
      element('span', { class: 'quiet' }, element('bdi', {}, name ?? actor), ' · ', element('time', { datetime: at }, messages.at(new Date(at)))));
  }

  /** Rules leave their codes; everything else is in words already. */
  #why(reason) {
    const { messages } = this.desk;
    const codes = reason.split(' ');
    if (!codes.every((code) => messages.has(`reason.${code}`))) return reason;
    return codes.map((code) => this.say(`reason.${code}`)).join(', ');
  }
}

/** What has no message is shown as it is spelt. */
function spelt(action) {
  return action.charAt(0).toUpperCase() + action.slice(1).replaceAll('-', ' ');
}
