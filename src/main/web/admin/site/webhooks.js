import { element } from '../element.js';
import { Form } from '../form.js';
import { once } from '../once.js';
import { problemText } from '../problems.js';
import { Deliveries } from './deliveries.js';
import { Listing, row } from './listing.js';

const EVENTS = ['comment.held', 'comment.published', 'comment.edited', 'comment.removed'];

/** Who is told of the site's comments: addresses added, tried, switched off and removed. */
export class Webhooks {
  constructor(desk, site) {
    Object.assign(this, { desk, site });
    this.say = (key, values) => desk.messages.say(key, values);
    this.path = `sites/${site}/webhooks`;
    this.listing = new Listing(desk.messages);
    const form = new Form({
      messages: desk.messages,
      fields: [
        { name: 'url', label: this.say('hook.url'), type: 'url', maxlength: 2000, required: true, dir: 'ltr', placeholder: 'https://' },
        ...EVENTS.map((event) => ({ name: event, label: this.say(`event.${event}`), type: 'checkbox', checked: true })),
      ],
      submit: this.say('hook.add'),
      send: (values) => this.#add(values),
    });
    this.element = element('div', { class: 'form' }, element('p', { class: 'quiet' }, this.say('hook.hint')), this.listing.element, form.element);
  }

  show() {
    return this.listing.fill(async () => {
      const { webhooks } = await this.desk.api.get(this.path);
      return webhooks.map((webhook) => this.#row(webhook));
    });
  }

  async #add({ url, ...chosen }) {
    const { secret } = await this.desk.api.post(this.path, { url, events: EVENTS.filter((event) => chosen[event]) });
    await this.#showOnce(secret);
  }

  async #showOnce(secret) {
    await this.show();
    this.listing.element.prepend(once(this.say('hook.once'), secret));
    this.listing.element.querySelector('.once input').focus();
  }

  #row({ id, url, events, enabled, formerSecretUntil, waiting, failed }) {
    const about = [
      !enabled && this.say('hook.isOff'),
      events.map((event) => this.say(`event.${event}`)).join(', '),
      waiting > 0 && this.say('hook.waiting', { n: waiting }),
      failed > 0 && this.say('hook.failed', { n: failed }),
      formerSecretUntil && this.say('hook.both', { when: this.desk.messages.at(new Date(formerSecretUntil)) }),
    ];
    const deliveries = new Deliveries(this.desk, this.site, id);
    const doing = (run) => async () => {
      try {
        await run();
      } catch (problem) {
        line.append(element('span', { class: 'form-error', role: 'alert' }, problemText(this.desk.messages, problem)));
      }
    };
    const button = (label, run) => element('button', { type: 'button', class: 'button', onclick: doing(run) }, label);
    const line = row(url, about.filter(Boolean).join(' · '),
      enabled && button(this.say('hook.test'), () => this.#test(id, deliveries)),
      button(this.say('hook.deliveries'), () => deliveries.toggle()),
      button(this.say('hook.newSecret'), () => this.#newSecret(id)),
      button(this.say(enabled ? 'hook.off' : 'hook.on'), () => this.#change('PATCH', id, { enabled: !enabled })),
      button(this.say('site.remove'), () => this.#change('DELETE', id)),
      deliveries.element);
    line.classList.add('page-row');
    return line;
  }

  async #test(id, deliveries) {
    await this.desk.api.post(`${this.path}/${id}/ping`, {});
    this.desk.announcer.say(this.say('hook.sent'));
    await deliveries.open();
  }

  async #newSecret(id) {
    const { secret } = await this.desk.api.post(`${this.path}/${id}/secret`, {});
    await this.#showOnce(secret);
  }

  async #change(method, id, body) {
    await this.desk.api.call(method, `${this.path}/${id}`, body);
    await this.show();
  }
}
