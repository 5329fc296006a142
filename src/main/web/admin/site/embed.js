import { element } from '../element.js';
import { Form } from '../form.js';
import { problemText } from '../problems.js';

/** The one tag for the site's pages, and whether a given address may take comments. */
export class Embed {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.element = element('div', { class: 'form' });
  }

  async show() {
    try {
      const { sites } = await this.desk.api.get('sites');
      const { snippet } = sites.find(({ key }) => key === this.site);
      const field = element('textarea', { class: 'secret', readonly: true, rows: 3, dir: 'ltr', 'aria-label': this.say('site.snippet'), onfocus: () => field.select() });
      field.value = snippet;
      this.answer = element('p', { role: 'status' });
      this.element.replaceChildren(element('p', { class: 'quiet' }, this.say('site.snippet')), element('div', { class: 'field wide-field' }, field), this.#check().element, this.answer);
    } catch (problem) {
      this.element.replaceChildren(element('p', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
    }
  }

  #check() {
    return new Form({
      messages: this.desk.messages,
      fields: [{ name: 'url', label: this.say('site.check'), type: 'url', maxlength: 2000, required: true, dir: 'ltr' }],
      submit: this.say('site.checkSubmit'),
      send: async ({ url }) => {
        const { allowed, origin, page } = await this.desk.api.get(`sites/${this.site}/check-url`, { url });
        if (allowed) this.answer.textContent = this.say('site.checkYes', { page: page ?? '' });
        else this.answer.textContent = this.say('site.checkNo', { origin: origin ?? url });
      },
    });
  }
}
