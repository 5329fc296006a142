import { element } from '../element.js';
import { Form } from '../form.js';

/** What a page is called, where it is and when its article was written; only what was changed is sent. */
export class PageDetails {
  /** page: {id, title, url, publishedAt}; changed(page) is told what it is now */
  constructor(desk, page, changed) {
    const say = (key) => desk.messages.say(key);
    const before = { title: page.title ?? '', url: page.url ?? '', publishedAt: (page.publishedAt ?? '').slice(0, 10) };
    this.form = new Form({
      messages: desk.messages,
      fields: [
        { name: 'title', label: say('page.title'), maxlength: 300, dir: 'auto', value: before.title },
        { name: 'url', label: say('page.url'), type: 'url', maxlength: 2000, dir: 'ltr', value: before.url },
        { name: 'publishedAt', label: say('page.date'), type: 'date', value: before.publishedAt },
      ],
      submit: say('edit.submit'),
      send: async (values) => {
        const names = Object.keys(before).filter((name) => values[name] !== before[name]);
        const change = Object.fromEntries(names.map((name) => [name, sent(name, values[name])]));
        changed(names.length > 0 ? await desk.api.call('PATCH', `pages/${page.id}`, change) : page);
      },
    });
    this.element = element('div', { class: 'merge form', hidden: true }, this.form.element);
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) this.form.focus();
  }
}

function sent(name, value) {
  if (value === '') return null;
  return name === 'publishedAt' ? `${value}T00:00:00Z` : value;
}
