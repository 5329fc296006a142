import { ACTIONS, offered } from './actions.js';
import { Bulk } from './bulk.js';
import { element, icon } from './element.js';
import { filterOf, sameFilter, searchOf } from './filter.js';
import { Header } from './header.js';
import { Help, shown } from './help.js';
import { Keys, keysOf } from './keys.js';
import { Outbox } from './outbox.js';
import { problemText } from './problems.js';
import { Queue } from './queue.js';
import { QueueView } from './queue-view.js';
import { Toast } from './toast.js';

const PAGE = 25;
const ENOUGH_AHEAD = 12;
const COUNT_EVERY_MS = 10_000;
const TIMES_EVERY_MS = 30_000;
/** After a card came back by itself, keys meant for the one that was there before do nothing. */
const SETTLE_MS = 600;
const AWAY = { approve: 'end', restore: 'end' };

/** Where a signed-in moderator works: queue, keys, decisions. */
export class Desk {
  #loading = null;
  #settledAt = 0;
  #stops = [];

  constructor({ api, session, messages, preferences, announcer, leave, change }) {
    Object.assign(this, { api, session, messages, preferences, announcer, leave, change });
    this.filter = filterOf(location.search);
    this.queue = new Queue();
    this.keyboard = new Keys((action) => this.perform(action));
    this.outbox = new Outbox();
    this.view = new QueueView(this.queue, this);
    this.header = new Header(this);
    this.toast = new Toast(this);
    this.help = new Help(this);
    this.bulk = new Bulk(this);
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
    this.#on(document, 'visibilitychange', () => this.#count());
    this.#on(window, 'scroll', () => this.#ahead());
    this.#every(COUNT_EVERY_MS, () => this.#count());
    this.#every(TIMES_EVERY_MS, () => this.view.refreshTimes());
    return this.#show(this.filter);
  }

  stop() {
    for (const stop of this.#stops) stop();
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
      await this.session.signOut();
      this.leave();
    } catch (problem) {
      this.#complain(problemText(this.messages, problem));
    }
  }

  /** Another filter: a place in the browser's history. */
  go(filter) {
    if (sameFilter(filter, this.filter)) return;
    history.pushState(null, '', `/admin${searchOf(filter)}`);
    this.#show(filter);
  }

  async #show(filter) {
    this.filter = filter;
    this.header.show(filter);
    this.view.loading();
    await this.#load(null);
    scrollTo({ top: 0, behavior: 'instant' });
    this.view.follow();
  }

  /** One page of the present filter; a later change of filter makes it void. */
  async #load(after) {
    const mine = (this.#loading = {});
    try {
      const page = await this.#page({ after, limit: PAGE });
      if (this.#loading !== mine) return;
      this.view.loaded();
      if (after === null) this.queue.fill(page);
      else this.queue.extend(page);
    } catch (problem) {
      if (this.#loading !== mine) return;
      this.view.loaded();
      this.#loading = null;
      this.view.failed(problemText(this.messages, problem), () => (after === null ? this.#show(this.filter) : this.#more()));
      return;
    }
    this.#loading = null;
    this.#draw();
  }

  #page({ after = null, limit }) {
    const { site, status, order } = this.filter;
    return this.api.get('queue', { site, status, order, after, limit });
  }

  #draw(how) {
    this.view.draw(how);
    this.bulk.show(this.queue.targets, this.queue.selected.size);
    this.header.counted(this.queue.waiting, this.queue.fresh);
    if (this.queue.cards.length === 0 && !this.queue.next && !this.#loading) this.view.empty(this.filter.status);
    else if (!this.#loading) this.view.end();
    this.#ahead();
  }

  /** Keeps enough cards below the current one that the next is always there already. */
  #ahead() {
    const left = this.queue.cards.length - this.queue.position;
    const near = scrollY + innerHeight * 2 > document.documentElement.scrollHeight;
    if (this.queue.next && !this.#loading && (left <= ENOUGH_AHEAD || near)) this.#more();
  }

  #more() {
    this.view.more();
    return this.#load(this.queue.next);
  }

  /** Asks how many are waiting; only while nothing is on its way, or the answer would be ambiguous. */
  async #count() {
    if (document.hidden || !this.outbox.idle || this.#loading || !this.session.moderator) return;
    const { waiting } = await this.#page({ limit: 1 }).catch(() => ({}));
    if (waiting === undefined || !this.outbox.idle || this.#loading) return;
    this.queue.counted(waiting);
    this.header.counted(this.queue.waiting, this.queue.fresh);
    if (this.queue.cards.length === 0 && this.queue.fresh > 0) this.#fresh();
  }

  async #fresh() {
    if (this.#loading) return;
    const wasEmpty = this.queue.cards.length === 0;
    const page = await this.#page({ limit: PAGE }).catch((problem) => this.#complain(problemText(this.messages, problem)));
    if (!page) return;
    const added = this.queue.admit(page, this.filter.order === 'newest');
    this.#draw();
    if (added.length > 0 && (wasEmpty || this.filter.order === 'newest')) this.view.follow();
    this.announcer.say(this.messages.say('queue.waiting', { n: this.queue.waiting }));
  }

  /** One of the actions of the key table; id, if it came from a card that need not be the current one. */
  perform(action, id = null) {
    if (ACTIONS[action]) return this.#decide(action, id);
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
      case 'undo':
        return this.#undo();
      case 'fresh':
        return this.#fresh();
      case 'help':
        return this.help.open();
      default:
        return false;
    }
  }

  #move(by) {
    if (!this.queue.move(by)) return;
    this.view.mark();
    this.view.follow();
    this.#ahead();
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

  #clear() {
    if (this.queue.selected.size === 0) return false;
    this.queue.selected.clear();
    this.#selectionChanged();
  }

  #selectionChanged() {
    this.view.mark();
    this.bulk.show(this.queue.targets, this.queue.selected.size);
    const n = this.queue.selected.size;
    this.announcer.say(this.messages.say('done.selected', { n }));
  }

  #decide(action, id) {
    if (id === null && this.now() < this.#settledAt) return;
    const clicked = this.queue.cards.find((card) => card.id === id);
    const wanted = clicked && !this.queue.selected.has(id) ? [clicked] : this.queue.targets;
    const cards = wanted.filter((card) => this.mayDecide(card.site) && offered(card.status).includes(action));
    if (cards.length === 0) return;
    const decision = this.queue.decide(action, cards);
    this.#draw({ away: AWAY[action] ?? 'start' });
    this.view.follow();
    this.#tell(decision);
    this.outbox.send(() => this.#send(decision)).catch(() => {});
  }

  #tell({ action, cards }) {
    const done = this.messages.say(`done.${action}`, { n: cards.length });
    const left = this.filter.status === 'pending' ? this.messages.say('done.left', { n: this.queue.waiting }) : '';
    this.announcer.say(`${done} ${left}`.trim());
    this.toast.did(done, { name: cards.length === 1 ? cards[0].author?.name : null, undo: () => this.#undo() });
  }

  async #send(decision) {
    const items = decision.cards.map(({ id, version }) => ({ id, version }));
    try {
      const answer = await this.api.post('decisions', { action: decision.action, items });
      this.#lost(this.queue.confirm(decision, answer));
    } catch (problem) {
      const note = this.messages.say('problem.onDeciding', { detail: problemText(this.messages, problem) });
      this.queue.fail(decision, note);
      this.#settledAt = this.now() + SETTLE_MS;
      this.toast.clear();
      this.#complain(note);
    }
    this.#draw();
    if (decision.state === 'failed') this.view.follow();
  }

  #undo() {
    const decision = this.queue.undo();
    if (!decision) return this.announcer.say(this.messages.say('done.nothingToUndo'));
    this.#draw();
    this.view.follow();
    const n = decision.cards.length;
    this.announcer.say(this.messages.say('done.takenBack', { n }));
    this.toast.did(this.messages.say('done.takenBack', { n }), { undo: this.queue.undoable && (() => this.#undo()) });
    this.outbox.send(() => this.#sendUndo(decision)).catch(() => {});
  }

  async #sendUndo(decision) {
    if (decision.state === 'failed' || decision.cards.length === 0) return;
    try {
      this.#lost(this.queue.undone(decision, await this.api.post(`decisions/${decision.id}/undo`, {})));
    } catch (problem) {
      this.queue.undoFailed(decision);
      this.#complain(`${this.messages.say('problem.undo')} ${problem.detail}`.trim());
    }
    this.#draw();
  }

  /** Somebody else was faster; the card is gone already, so it is only said. */
  #lost(lost) {
    for (const { card, result, decidedBy } of lost.slice(0, 1)) this.#complain(this.#fate(card, result, decidedBy));
  }

  #fate(card, result, decidedBy) {
    if (result === 'gone') return this.messages.say('problem.gone');
    const status = this.messages.say(`status.${card.status}`);
    const name = decidedBy?.name ?? (typeof decidedBy === 'string' ? decidedBy : null);
    return this.messages.say(name ? 'problem.conflict' : 'problem.conflictSomebody', { name, status });
  }

  #complain(text) {
    this.toast.warn(text);
    this.announcer.say(text);
  }
}
