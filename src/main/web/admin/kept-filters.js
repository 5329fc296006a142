import { element } from './element.js';
import { filterOf, searchOf } from './filter.js';
import { Form } from './form.js';
import { Listing } from './site/listing.js';

const SETTLE_MS = 2_000;
const AGAIN_MS = 5_000;

/** Filters that a moderator keeps, each with how many comments are like that right now. */
export class KeptFilters {
  #later = null;
  #again = AGAIN_MS;

  /** desk: {api, messages, filter, view, go(filter)} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.listing = new Listing(desk.messages);
    this.form = new Form({
      messages: desk.messages,
      fields: [{ name: 'name', label: this.say('filters.name'), maxlength: 80, required: true }],
      submit: this.say('filters.keep'),
      send: async ({ name }) => {
        await desk.api.post('filters', { name, query: searchOf(desk.filter).slice(1) });
        this.#fill();
      },
    });
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'filters-title' },
      element('h2', { id: 'filters-title' }, this.say('filters.title')),
      this.listing.element,
      this.form.element,
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, this.say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
  }

  open() {
    this.element.showModal();
    this.#again = AGAIN_MS;
    return this.#fill();
  }

  /** Something has happened: who looks at the numbers sees them move, though not all the time. */
  told() {
    this.#fillIn(SETTLE_MS);
  }

  #fillIn(ms) {
    if (!this.element.open || this.#later) return;
    this.#later = setTimeout(() => {
      this.#later = null;
      if (this.element.open) this.#fill();
    }, ms);
  }

  #fill() {
    return this.listing.fill(async () => {
      const { filters } = await this.desk.api.get('filters');
      // The service may have had no time to count; what it never can, because a site went, is asked ever more seldom.
      if (filters.some(({ count }) => count === null)) {
        this.#fillIn(this.#again);
        this.#again *= 2;
      }
      return filters.map((filter) => this.#row(filter));
    });
  }

  #row({ id, name, query, count }) {
    const go = element('button', { type: 'button', class: 'button filter-name', onclick: () => this.#go(query) }, element('bdi', {}, name));
    const number = element('span', { class: 'count' }, count === null ? '–' : this.say(count >= MANY ? 'filters.many' : 'filters.count', { n: count }));
    const remove = element('button', { type: 'button', class: 'button', 'aria-label': this.say('filters.remove', { name }), onclick: () => this.#remove(id) }, this.say('site.remove'));
    return element('li', { 'data-kept': id }, go, number, remove);
  }

  #go(query) {
    this.element.close();
    this.desk.go(filterOf(query));
  }

  async #remove(id) {
    await this.desk.api.call('DELETE', `filters/${id}`).catch(() => {});
    return this.#fill();
  }
}

/** The service counts no further. */
const MANY = 100;
