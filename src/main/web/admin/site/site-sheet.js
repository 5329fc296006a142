import { element } from '../element.js';
import { Bans } from './bans.js';
import { Embed } from './embed.js';
import { Members } from './members.js';
import { Pages } from './pages.js';
import { Policy } from './policy.js';
import { Retention } from './retention.js';
import { Webhooks } from './webhooks.js';
import { Words } from './words.js';

/** Who sees a part, by role on the site. Each part: new Part(desk, site).element, and show() to fill it. */
const PARTS = [
  ['site.pages', Pages, ['owner', 'moderator', 'viewer']],
  ['site.bans', Bans, ['owner', 'moderator', 'viewer']],
  ['site.policy', Policy, ['owner']],
  ['site.words', Words, ['owner']],
  ['site.retention', Retention, ['owner']],
  ['site.members', Members, ['owner']],
  ['site.webhooks', Webhooks, ['owner']],
  ['site.embed', Embed, ['owner', 'moderator', 'viewer']],
];

/** One site: its pages, bans, policy, words, retention, people, webhooks and tag. */
export class SiteSheet {
  /** desk: {api, messages, session} */
  constructor(desk) {
    this.desk = desk;
    const say = (key) => desk.messages.say(key);
    this.site = element('select', { 'aria-label': say('filter.site'), onchange: () => this.#draw() }, desk.session.sites.map(([key, name]) => element('option', { value: key }, name)));
    this.content = element('div', { class: 'account' });
    this.element = element('dialog', { class: 'sheet wide-sheet', 'aria-labelledby': 'site-title' },
      element('h2', { id: 'site-title' }, say('site.title')),
      desk.session.sites.length > 1 && this.site,
      this.content,
      element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, say('help.close')),
    );
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('close', () => desk.view.current?.element.focus({ preventScroll: true }));
  }

  open() {
    this.#draw();
    this.element.showModal();
  }

  #draw() {
    const { desk } = this;
    const site = this.site.value;
    const role = desk.session.roleOn(site);
    this.content.replaceChildren(...PARTS.filter(([, , roles]) => roles.includes(role)).map(([title, Part]) => {
      const part = new Part(desk, site);
      const details = element('details', { class: 'section' }, element('summary', {}, desk.messages.say(title)), part.element);
      // Asked for when first looked at.
      details.addEventListener('toggle', () => details.open && part.show(), { once: true });
      return details;
    }));
  }
}
