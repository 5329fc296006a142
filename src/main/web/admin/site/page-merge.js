import { element } from '../element.js';
import { Form } from '../form.js';

/** The comments of one page join those of another one, found by its title or key; former links lead on. */
export class PageMerge {
  /** page: {id, title, key}; others(q) answers the site's pages, merged() is told that it is done */
  constructor(desk, page, { others, merged }) {
    Object.assign(this, { desk, page, others, merged });
    this.say = (key, values) => desk.messages.say(key, values);
    this.search = element('input', { type: 'search', maxlength: 200, 'aria-label': this.say('site.findPage'), placeholder: this.say('site.findPage'), onchange: () => this.#find() });
    this.found = element('div', {});
    this.element = element('div', { class: 'merge form', hidden: true }, this.search, this.found);
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
    if (this.element.hidden) return;
    this.search.focus();
    return this.#find();
  }

  async #find() {
    const asked = (this.asked = {});
    const pages = (await this.others(this.search.value.trim()).catch(() => [])).filter(({ id }) => id !== this.page.id);
    if (asked !== this.asked) return;
    this.found.replaceChildren(pages.length === 0 ? element('p', { class: 'quiet' }, this.say('merge.none')) : this.#choice(pages));
  }

  #choice(pages) {
    return new Form({
      messages: this.desk.messages,
      fields: [{ name: 'into', label: this.say('merge.into'), options: pages.map(({ id, title, key }) => [id, title || key]) }],
      submit: this.say('merge.submit'),
      send: async ({ into }) => {
        await this.desk.api.post(`pages/${this.page.id}/merge`, { into });
        this.desk.announcer.say(this.say('merge.done'));
        this.merged();
      },
    }).element;
  }
}
