import { Account } from './account.js';
import { ACTIONS, REASONS } from './actions.js';
import { alikeOf } from './alike.js';
import { Bulk } from './bulk.js';
import { CardTools } from './card-tools.js';
import { Decisions } from './decisions.js';
import { element, icon } from './element.js';
import { filterOf, sameFilter, searchOf } from './filter.js';
import { Header } from './header.js';
import { Help, shown } from './help.js';
import { KeptFilters } from './kept-filters.js';
import { Keys, keysOf } from './keys.js';
import { Leases } from './leases.js';
import { Narrowing } from './narrowing.js';
import { News } from './news.js';
import { Outbox } from './outbox.js';
import { Paging } from './paging.js';
import { problemText } from './problems.js';
import { Queue } from './queue.js';
import { QueueView } from './queue-view.js';
import { Reasons } from './reasons.js';
import { Record } from './record.js';
import { SecondLook } from './second-look.js';
import { SiteSheet } from './site/site-sheet.js';
import { Statement } from './statement.js';
import { Stats } from './stats.js';
import { Templates } from './templates.js';
import { Toast } from './toast.js';

const COUNT_EVERY_MS = 10_000;
const RENEW_EVERY_MS = 45_000;
const TIMES_EVERY_MS = 30_000;

/** Where a signed-in moderator works: queue, keys, decisions. */
export class Desk {
  #stops = [];

  constructor({ api, session, messages, preferences, announcer, leave, change }) {
    Object.assign(this, { api, session, messages, preferences, announcer, leave, change });
    this.filter = filterOf(location.search);
    this.queue = new Queue();
    this.keyboard = new Keys((action) => this.perform(action));
    this.outbox = new Outbox();
    this.leases = new Leases(api);
    this.templates = new Templates(this);
    this.news = new News({ waiting: (n) => this.#told(n), decided: (items) => this.decisions.elsewhere(items) });
    this.narrowing = new Narrowing(this);
    this.view = new QueueView(this.queue, this);
    this.paging = new Paging(this);
    this.header = new Header(this);
    this.toast = new Toast(this);
    this.help = new Help(this);
    this.account = new Account(this);
    this.siteSheet = new SiteSheet(this);
    this.stats = new Stats(this);
    this.statement = new Statement(this);
    this.record = new Record(this);
    this.secondLook = new SecondLook(this);
    this.keptFilters = new KeptFilters(this);
    this.tools = new CardTools(this);
    this.bulk = new Bulk(this);
    this.reasons = new Reasons(this);
    this.decisions = new Decisions(this);
    this.useKeys();
    this.element = element(
      'div',
      { class: 'desk' },
      this.header.element,
      this.view.element,
      this.#pager(),
      this.toast.element,
      this.bulk.element,
      this.help.element,
      this.account.element,
      this.siteSheet.element,
      this.stats.element,
      this.statement.element,
      this.record.element,
      this.secondLook.element,
      this.keptFilters.element,
      ...this.tools.elements,
      this.reasons.element,
    );
  }

  /** On a phone: to the neighbours without deciding. */
  #pager() {
    const button = (action, path) =>
      element(
        'button',
        { type: 'button', class: 'square', 'aria-label': this.messages.say(`action.${action}`), onclick: () => this.perform(action) },
        icon(path),
      );
    return element('div', { class: 'pager' }, button('previous', 'M15 5l-7 7 7 7'), button('next', 'M9 5l7 7-7 7'));
  }

  start() {
    this.#on(document, 'keydown', (event) => this.keyboard.press(event));
    this.#on(window, 'popstate', () => this.#show(filterOf(location.search)));
    this.#on(document, 'visibilitychange', () => this.#seen());
    this.#on(window, 'pagehide', () => this.leases.release());
    this.#on(window, 'pageshow', ({ persisted }) => persisted && this.#show(this.filter));
    this.#on(window, 'scroll', () => this.paging.ahead());
    this.#every(COUNT_EVERY_MS, () => this.#lookAgain());
    this.#every(RENEW_EVERY_MS, () => this.renew());
    this.#every(TIMES_EVERY_MS, () => this.view.refreshTimes());
    this.#every(TIMES_EVERY_MS, () => this.paging.count());
    this.templates.load();
    return this.#show(this.filter);
  }

  stop() {
    this.news.close();
    for (const stop of this.#stops) stop();
  }

  /** The tab is looked at again, or not any more. */
  #seen() {
    if (document.hidden) return this.news.close();
    this.news.open(this.filter.site);
    this.paging.count();
    this.renew();
  }

  #lookAgain() {
    if (!this.news.isOpen) this.paging.count();
    this.paging.knock();
  }

  /** Keeps the leases of what is before the eyes, and gives the others back. */
  renew() {
    if (!document.hidden) this.leases.renew((id) => this.queue.cards.some((card) => card.id === id)).catch(() => {});
  }

  #told(waiting) {
    this.paging.told(waiting);
    this.keptFilters.told();
  }

  #on(target, type, listener) {
    target.addEventListener(type, listener);
    this.#stops.push(() => target.removeEventListener(type, listener));
  }

  #every(ms, run) {
    const timer = setInterval(run, ms);
    this.#stops.push(() => clearInterval(timer));
  }

  now() {
    return Date.now();
  }

  keyFor(action) {
    const key = this.keyboard.on && this.keyboard.table[action]?.[0];
    return key ? shown(key) : null;
  }

  /** Keys as the preferences say; the cards show them. */
  useKeys() {
    this.keyboard.on = this.preferences.get('keys') !== false;
    this.keyboard.use(keysOf(this.preferences.get('preset'), this.preferences.get('ownKeys') ?? {}));
    this.view.redraw();
  }

  mayDecide(site) {
    return this.session.mayDecide(site);
  }

  headerHeight() {
    return this.header.element.offsetHeight;
  }

  async signOut() {
    try {
      await this.leases.release();
      await this.session.signOut();
      this.leave();
    } catch (problem) {
      this.complain(problemText(this.messages, problem));
    }
  }

  /** A reason in words; one we have none for is shown as it is spelt. */
  reasonWords(code) {
    const key = `reason.${code}`;
    return this.messages.has(key) ? this.messages.say(key) : code.replaceAll('-', ' ');
  }

  addressOf(change) {
    return `/admin${searchOf({ ...this.filter, ...change })}`;
  }

  /** For links within the page: stays on it, but leaves new tabs and windows to the browser. */
  follow(change) {
    return (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      this.go({ ...this.filter, ...change });
    };
  }

  /** Another filter: a place in the browser's history. */
  go(filter) {
    if (sameFilter(filter, this.filter)) return;
    history.pushState(null, '', `/admin${searchOf(filter)}`);
    this.#show(filter);
  }

  #show(filter) {
    if (!this.news.isOpen || filter.site !== this.filter.site) this.news.open(filter.site);
    this.filter = filter;
    this.header.show(filter);
    this.narrowing.draw();
    return this.paging.begin();
  }

  /** Makes page, counter and selection equal to the queue. */
  draw(how = {}) {
    if (how.steady) this.view.steadily(() => this.view.draw(how));
    else this.view.draw(how);
    this.narrowing.draw();
    this.bulk.show(this.queue.targets, this.queue.selected.size);
    this.header.counted(this.queue.waiting, this.queue.fresh);
    this.paging.drawn();
  }

  /** One of the actions of the key table; id, if it came from a card that need not be the current one. */
  perform(action, id = null) {
    if (action === 'hold' && this.#waitsAlone(id)) return this.perform('handOn', id);
    if (ACTIONS[action]) return this.decisions.decide(action, { id });
    if (action in REASONS) return this.#rejectBy(action, id);
    switch (action) {
      case 'next':
        return this.#move(1);
      case 'previous':
        return this.#move(-1);
      case 'select':
        return this.#select(id);
      case 'selectNext':
        return this.#reach(1);
      case 'selectPrevious':
        return this.#reach(-1);
      case 'clear':
        return this.#clear();
      case 'expand':
        return this.view.current?.expand();
      case 'context':
        return this.view.card(id)?.surroundings.toggle();
      case 'author':
        return this.view.card(id)?.history.toggle();
      case 'reply':
      case 'edit':
      case 'ban':
      case 'pin':
      case 'lock':
      case 'handOn':
      case 'erase':
        return this.#withCard(id, (card) => this.tools[action](card));
      case 'banAll':
        return this.#withCard(id, (card) => this.tools.ban(card, true));
      case 'alike':
        return this.selectAlike(id);
      case 'undo':
        return this.decisions.undo();
      case 'reasons':
        return this.reasons.open(id);
      case 'search':
        return this.header.search.select();
      case 'fresh':
        return this.paging.admit();
      case 'help':
        return this.help.open();
      default:
        return false;
    }
  }

  /** What waits cannot be held any more than it is; one that is not selected with others can be left to others. */
  #waitsAlone(id) {
    const { queue } = this;
    return queue.selected.size === 0 && queue.cards.find((one) => one.id === (id ?? queue.cursor))?.status === 'pending';
  }

  /** By the template with that digit, if the card's site has one. */
  #rejectBy(action, id) {
    const card = this.queue.cards.find((one) => one.id === (id ?? this.queue.cursor));
    const reason = this.templates.reasonOf(card?.site, action);
    return reason ? this.decisions.decide('reject', { id, reason }) : false;
  }

  /** The card with that id or the current one, where this moderator may decide on it. */
  #withCard(id, run) {
    const card = this.queue.cards.find((one) => one.id === (id ?? this.queue.cursor));
    if (!card || !this.mayDecide(card.site)) return false;
    return run(card);
  }

  #move(by) {
    if (!this.queue.move(by)) return;
    this.view.mark();
    this.view.follow();
    this.paging.ahead();
  }

  #reach(by) {
    this.queue.reach(by);
    this.#selectionChanged();
    this.view.follow();
  }

  #select(id) {
    const target = id ?? this.queue.cursor;
    if (!target) return;
    this.queue.toggle(target);
    this.#selectionChanged();
  }

  /** The card and what waits and is like it, shown here or not; by is link, text, author, or null for the most. */
  selectAlike(id, by = null) {
    const card = this.queue.cards.find((one) => one.id === (id ?? this.queue.cursor));
    if (!card || !this.mayDecide(card.site)) return;
    this.queue.selectAlike(card, alikeOf(card, by));
    this.#selectionChanged();
  }

  #clear() {
    if (this.queue.selected.size === 0) return false;
    this.queue.clearSelection();
    this.#selectionChanged();
  }

  #selectionChanged() {
    this.view.mark();
    this.bulk.show(this.queue.targets, this.queue.selected.size);
    const n = this.queue.selected.size;
    this.announcer.say(this.messages.say('done.selected', { n }));
  }

  complain(text) {
    this.toast.warn(text);
    this.announcer.say(text);
  }
}
