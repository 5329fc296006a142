import { element } from '../element.js';
import { problemText } from '../problems.js';
import { Listing, row } from './listing.js';
import { PageDetails } from './page-details.js';
import { PageMerge } from './page-merge.js';

const MODES = ['', 'open', 'trusted', 'all'];

/** The site's pages with their numbers: found, closed and opened, renamed, moved and held to another mode. */
export class Pages {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.listing = new Listing(desk.messages);
    this.search = element('input', { type: 'search', maxlength: 200, 'aria-label': this.say('site.findPage'), placeholder: this.say('site.findPage'), onchange: () => this.show() });
    this.more = element('button', { type: 'button', class: 'button', hidden: true, onclick: () => this.#more() }, this.say('site.more'));
    this.element = element('div', { class: 'form' }, this.search, this.listing.element, this.more);
  }

  show() {
    return this.listing.fill(async () => this.#page(null));
  }

  async #page(after) {
    const { pages, next } = await this.desk.api.get('pages', { site: this.site, q: this.search.value.trim(), after });
    this.next = next;
    this.more.hidden = next === null;
    return pages.map((page) => this.#row(page));
  }

  async #more() {
    this.listing.element.append(...(await this.#page(this.next).catch(() => [])));
  }

  #row(page) {
    const { title, key, published, waiting, open, mode } = page;
    const about = [this.say('card.approved', { n: published }), waiting > 0 && this.say('queue.waiting', { n: waiting }), !open && this.say('site.closed')];
    if (!this.desk.mayDecide(this.site)) return row(title || key, about.filter(Boolean).join(' · '));
    const choice = element('select', { 'aria-label': this.say('site.mode'), onchange: () => this.#change(page, line, { mode: choice.value || null }) },
      MODES.map((one) => element('option', { value: one }, this.say(one ? `mode.${one}` : 'mode.inherit'))));
    choice.value = mode ?? '';
    const toggle = element('button', { type: 'button', class: 'button', onclick: () => this.#change(page, line, { open: !open }) }, this.say(open ? 'site.close' : 'site.reopen'));
    const merge = new PageMerge(this.desk, page, { others: (q) => this.#others(q), merged: () => this.show() });
    const join = element('button', { type: 'button', class: 'button', onclick: () => merge.toggle() }, this.say('merge.open'));
    const details = new PageDetails(this.desk, page, (changed) => this.#replace(line, changed));
    const more = element('button', { type: 'button', class: 'button', onclick: () => details.toggle() }, this.say('page.details'));
    const line = row(title || key, about.filter(Boolean).join(' · '), choice, toggle, more, join, details.element, merge.element);
    line.classList.add('page-row');
    return line;
  }

  /** Those that a search finds, or the first ones. */
  async #others(q) {
    return (await this.desk.api.get('pages', { site: this.site, q, limit: 100 })).pages;
  }

  async #change(page, line, change) {
    try {
      const changed = await this.desk.api.call('PATCH', `pages/${page.id}`, change);
      this.#replace(line, changed);
    } catch (problem) {
      line.append(element('span', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #replace(line, page) {
    const fresh = this.#row(page);
    line.replaceWith(fresh);
    fresh.querySelector('button')?.focus();
  }
}
