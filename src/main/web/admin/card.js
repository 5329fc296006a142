import { ACTIONS, offered } from './actions.js';
import { Alike } from './alike.js';
import { AuthorHistory } from './author-history.js';
import { CardNotices } from './card-notices.js';
import { CardTools } from './card-tools.js';
import { difference } from './difference.js';
import { element, icon, webAddress } from './element.js';
import { Surroundings } from './surroundings.js';
import { Swipe } from './swipe.js';
import { hiddenLinks, marked, partsOf } from './text.js';

const LONG = { characters: 900, lines: 14 };
const QUOTE = 280;
const FUNNEL = 'M4 6h16l-6 7.5V19l-4-2v-3.5z';
const SWIPES = { end: ['approve', 'restore'], start: ['reject', 'delete'] };

/** One comment with everything needed to decide. All of it is text nodes. */
export class Card {
  /** desk: {messages, session, filter, addressOf(change), follow(change), keyFor(action), perform(action, id), mayDecide(site), now()} */
  constructor(card, desk) {
    this.card = card;
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.name = card.author?.name || this.say('card.nobody');
    this.note = element('p', { class: 'note', hidden: true });
    this.box = this.#checkbox();
    this.history = new AuthorHistory(desk, card);
    this.surroundings = new Surroundings(desk.messages, card);
    this.body = element('div', { class: 'card-body' },
      this.note, this.#why(), new CardNotices(desk, card).element, this.#head(), this.history.element, this.#parent(), this.#text(), this.#changes(),
      new Alike(desk, card).element, this.#tools(), this.surroundings.element);
    this.element = element(
      'article',
      { class: 'card', tabindex: '-1', 'data-id': card.id, 'aria-label': this.say('card.by', { name: this.name }) },
      this.body,
      this.#actions(),
    );
    this.#swipe();
  }

  /** To the end of the line approves, to its start rejects; only where the status lets it. */
  #swipe() {
    const { site, id } = this.card;
    const meant = (direction) => this.desk.mayDecide(site) && SWIPES[direction].find((action) => offered(this.card).includes(action));
    new Swipe(this.body, {
      offer: (direction) => Boolean(meant(direction)),
      decide: (direction) => this.desk.perform(meant(direction), id),
      armed: (direction) => {
        const action = direction && meant(direction);
        for (const button of this.element.querySelectorAll('.action')) {
          button.classList.toggle('armed', button.dataset.action === action);
        }
      },
    });
  }

  mark({ current, selected, note }) {
    const marks = `${current} ${selected} ${note ?? ''}`;
    if (marks === this.marks) return;
    this.marks = marks;
    this.element.classList.toggle('current', current);
    this.element.tabIndex = current ? 0 : -1;
    if (current) this.element.setAttribute('aria-current', 'true');
    else this.element.removeAttribute('aria-current');
    this.element.classList.toggle('selected', selected);
    this.box.checked = selected;
    this.note.textContent = note ?? '';
    this.note.hidden = !note;
  }

  expand() {
    this.more?.click();
  }

  refreshTime() {
    this.time.textContent = this.desk.messages.since(new Date(this.card.createdAt), this.desk.now());
  }

  #why() {
    const { reasons = [], status } = this.card;
    const chips = reasons.map((reason) => element('li', {}, this.#reason(reason)));
    // In the list of a status it goes without saying.
    if (status !== this.desk.filter.status) {
      chips.unshift(element('li', {}, element('span', { class: `reason status-${status}` }, this.say(`status.${status}`))));
    }
    const { heldBy } = this.card;
    if (heldBy && heldBy !== this.desk.session.moderator.name) chips.push(element('li', {}, element('span', { class: 'reason held-by' }, this.say('card.heldBy', { name: heldBy }))));
    if (chips.length === 0) return null;
    return element('ul', { class: 'reasons', 'aria-label': this.say('card.why') }, chips);
  }

  /** Each leads to all that are here for the same reason. */
  #reason(reason) {
    const odd = reason === 'doubt' ? this.card.odd.map((sign) => this.say(`odd.${sign}`)).join(', ') : '';
    return this.#only({ reason }, 'reason', this.desk.reasonWords(reason) + (odd && `: ${odd}`));
  }

  /** A link to those cards that have something in common with this one. */
  #only(change, kind, ...words) {
    return element('a', { class: kind, href: this.desk.addressOf(change), onclick: this.desk.follow(change) }, words);
  }

  #head() {
    const { author, page, site, createdAt, editedAt } = this.card;
    this.time = element('time', { datetime: createdAt, title: this.desk.messages.at(new Date(createdAt)) });
    this.refreshTime();
    return element(
      'header',
      { class: 'card-head' },
      element(
        'div',
        { class: 'line author-line' },
        element('h2', { class: 'author', dir: 'auto' }, author?.id ? this.#only({ author: author.id }, 'plain', this.name) : this.name),
        author?.badge && element('span', { class: 'badge' }, author.badge === 'staff' ? this.say('card.staff') : author.badge),
        this.box,
      ),
      element('div', { class: 'line quiet' }, this.time, editedAt && this.#edited(editedAt), author?.email && element('bdi', {}, author.email), this.#authorLink()),
      this.history.line,
      element('div', { class: 'line quiet' }, this.#page(page), page?.key && this.#samePage(page), this.desk.session.sites.length > 1 && element('bdi', { class: 'site' }, this.desk.session.siteName(site))),
    );
  }

  #edited(at) {
    return element('span', { title: this.desk.messages.at(new Date(at)) }, this.say('card.edited'));
  }

  #samePage({ key }) {
    const link = this.#only({ page: key }, 'same-page', icon(FUNNEL));
    link.setAttribute('aria-label', this.say('filter.thisPage'));
    link.title = this.say('filter.thisPage');
    return link;
  }

  #authorLink() {
    const url = this.card.author?.url;
    if (!url) return null;
    const href = webAddress(url);
    const shown = href ? new URL(href).host : url;
    return href ? outward(href, shown, 'domain') : element('bdi', {}, shown);
  }

  #page(page) {
    const href = webAddress(page?.url);
    const title = page?.title || page?.key || '';
    return href ? outward(href, title, 'page') : element('bdi', { class: 'page' }, title);
  }

  #parent() {
    const { parent } = this.card;
    if (!parent) return null;
    const text = parent.text ?? '';
    return element(
      'blockquote',
      { class: 'parent' },
      element('p', { class: 'quiet' }, this.say('card.replyTo', { name: parent.author?.name || this.say('card.nobody') })),
      element('p', { class: 'quote', dir: 'auto' }, text.length > QUOTE ? `${text.slice(0, QUOTE)} …` : text),
    );
  }

  #text() {
    const { text, source } = this.card;
    const body = element('div', { class: 'text', dir: 'auto' }, partsOf(text).flatMap((part) => this.#part(part)));
    const links = hiddenLinks(source, text);
    if (isLong(text)) {
      body.classList.add('long');
      this.more = element('button', { type: 'button', class: 'quiet-button', 'aria-expanded': 'false', onclick: () => this.#toggle(body) });
      this.more.textContent = this.say('card.showAll');
    }
    return element(
      'div',
      { class: 'said' },
      body,
      this.more,
      links.length > 0 &&
        element(
          'p',
          { class: 'links quiet' },
          `${this.say('card.hiddenLinks')} `,
          links.flatMap((href) => [this.#link({ href, text: href, host: new URL(href).host }), ' ']),
        ),
    );
  }

  /** Where it was edited: what the edit took away and what it brought. */
  #changes() {
    const { approvedText, text } = this.card;
    if (approvedText === null || approvedText === undefined || approvedText === text) return null;
    const kinds = { same: 'span', removed: 'del', added: 'ins' };
    return element(
      'section',
      { class: 'changes', 'aria-label': this.say('card.changes') },
      element('h3', {}, this.say('card.changes')),
      element('p', { class: 'quote', dir: 'auto' }, difference(approvedText, text).map((part) => element(kinds[part.kind], {}, part.text))),
    );
  }

  #toggle(body) {
    const open = body.classList.toggle('open');
    this.more.setAttribute('aria-expanded', String(open));
    this.more.textContent = this.say(open ? 'card.showLess' : 'card.showAll');
  }

  #part(part) {
    if (part.kind === 'text') return marked(part.text, this.card.matched ?? []).map(({ hit, text }) => (hit ? element('mark', {}, text) : text));
    if (part.kind === 'link') return this.#link(part);
    const label = this.say('card.unseen', { code: part.code });
    return element('span', { class: 'unseen-character', title: label, role: 'img', 'aria-label': label }, `U+${part.code}`);
  }

  /** The domain in bold: it is what tells a good link from a bad one. */
  #link({ href, text, host }) {
    const at = text.toLowerCase().indexOf(host.toLowerCase());
    const words =
      at < 0
        ? [text, ' (', element('strong', {}, host), ')']
        : [text.slice(0, at), element('strong', {}, text.slice(at, at + host.length)), text.slice(at + host.length)];
    return outward(href, words, 'said-link');
  }

  /** What can be done besides deciding; each has its key too. */
  #tools() {
    const { desk, card } = this;
    if (!desk.mayDecide(card.site)) return null;
    return element('div', { class: 'tools' }, CardTools.offered(card, desk.session.owns(card.site)).map((tool) => {
      const on = (tool === 'pin' && card.pinned) || (tool === 'lock' && card.locked);
      const key = desk.keyFor(tool === 'handOn' ? 'hold' : tool);
      return element('button', { type: 'button', class: 'tool', 'data-tool': tool, title: key ? `${this.say(`action.${tool}`)} (${key})` : this.say(`action.${tool}`), onclick: () => desk.perform(tool, card.id) },
        this.say(on ? `tool.un${tool}` : `tool.${tool}`));
    }));
  }

  #checkbox() {
    return element('input', {
      type: 'checkbox',
      class: 'select',
      'aria-label': this.say('card.select', { name: this.name }),
      onclick: () => this.desk.perform('select', this.card.id),
    });
  }

  #actions() {
    const { site, id } = this.card;
    if (!this.desk.mayDecide(site)) return element('p', { class: 'actions quiet' }, this.say('card.viewOnly'));
    const actions = offered(this.card);
    if (actions.length === 0) return null;
    return element(
      'div',
      { class: 'actions' },
      actions.map((action) => {
        const words = this.card.gone ? this.say('action.close') : undefined;
        const button = actionButton(this.desk, action, () => this.desk.perform(action, id), words);
        return action === 'reject' ? this.#withReasons(button) : button;
      }),
    );
  }

  /** A long press asks for the reason, and so does the small button beside it. */
  #withReasons(button) {
    const ask = () => this.desk.perform('reasons', this.card.id);
    button.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      ask();
    });
    const more = element('button', { type: 'button', class: 'more', 'aria-label': this.say('action.reasons'), title: this.say('action.reasons'), onclick: ask }, '…');
    return element('div', { class: 'with-more' }, button, more);
  }
}

/** A decision as a button, with its key on it. */
export function actionButton(desk, action, run, words = desk.messages.say(`action.${action}`)) {
  const key = desk.keyFor(action);
  return element(
    'button',
    {
      type: 'button',
      class: `action ${action}`,
      'data-action': action,
      'aria-keyshortcuts': key,
      // The second half of a double click would hit the card that moved up.
      onclick: (event) => event.detail < 2 && run(),
    },
    icon(ACTIONS[action].icon),
    element('span', {}, words),
    key && element('kbd', { 'aria-hidden': 'true' }, key),
  );
}

/** A link that takes nothing along and gives nothing away. */
function outward(href, words, kind) {
  return element('a', { class: kind, href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'auto' }, words);
}

function isLong(text) {
  return text.length > LONG.characters || text.split('\n').length > LONG.lines;
}
