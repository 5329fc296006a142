import { element } from '../element.js';
import { Form } from '../form.js';

/** The comments of one page join those of another one; former links lead on. */
export class PageMerge {
  /** page: {id, title, key}; others() answers the site's pages, merged() is told the page that is left */
  constructor(desk, page, { others, merged }) {
    Object.assign(this, { desk, page, merged });
    this.say = (key, values) => desk.messages.say(key, values);
    this.others = others;
    this.element = element('div', { class: 'merge', hidden: true });
  }

  async toggle() {
    this.element.hidden = !this.element.hidden;
    if (this.element.hidden) return;
    const pages = (await this.others().catch(() => [])).filter(({ id }) => id !== this.page.id);
    if (pages.length === 0) return this.element.replaceChildren(element('p', { class: 'quiet' }, this.say('merge.none')));
    const form = new Form({
      messages: this.desk.messages,
      fields: [{ name: 'into', label: this.say('merge.into'), options: pages.map(({ id, title, key }) => [id, title || key]) }],
      submit: this.say('merge.submit'),
      send: async ({ into }) => {
        await this.desk.api.post(`pages/${this.page.id}/merge`, { into });
        this.desk.announcer.say(this.say('merge.done'));
        this.merged();
      },
    });
    this.element.replaceChildren(form.element);
    form.focus();
  }
}
