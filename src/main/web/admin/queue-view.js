import { Card } from './card.js';
import { element, icon } from './element.js';

/** So many new cards are built at a time, so that a key pressed meanwhile need not wait for all of them. */
const AT_ONCE = 6;
const IDLE_AT_LAST_MS = 100;
/** Who decides again within this time is not shown how the card leaves: drawing that would hold up the next one. */
const IN_HURRY_MS = 600;
const CHECK = 'M5 12.5l4.5 4.5L19 7.5';

/** Shows the queue: draws what changed, keeps the current card in sight and everything else in its place. */
export class QueueView {
  #cards = new Map();
  #rest = null;
  #leftAt = -Infinity;

  constructor(queue, desk) {
    this.queue = queue;
    this.desk = desk;
    this.list = element('div', { class: 'cards', role: 'feed', 'aria-label': desk.messages.say('queue.title') });
    this.foot = element('div', { class: 'foot' });
    this.element = element('main', { class: 'queue', id: 'queue' }, desk.narrowing.element, this.list, this.foot);
    this.list.addEventListener('focusin', (event) => this.#entered(event));
  }

  #entered({ target }) {
    const id = target.closest('.card')?.dataset.id;
    if (!id || id === this.queue.cursor || target.closest('.leaving')) return;
    this.queue.pointAt(id);
    this.mark();
  }

  /** Makes the page equal to the queue. away: which way the cards that are no longer there leave. */
  draw({ away = null } = {}) {
    const ids = new Set(this.queue.cards.map(({ id }) => id));
    for (const [id, card] of this.#cards) if (!ids.has(id)) this.#remove(id, card, away);
    let before = this.list.firstElementChild;
    const soon = this.queue.position + AT_ONCE;
    let built = 0;
    for (const [at, data] of this.queue.cards.entries()) {
      if (at > soon && !this.#isDrawn(data) && ++built > AT_ONCE) {
        this.#drawRestLater();
        break;
      }
      while (before?.classList.contains('leaving')) before = before.nextElementSibling;
      const { element: node } = this.#card(data);
      if (node === before) before = before.nextElementSibling;
      else this.list.insertBefore(node, before);
    }
    this.mark();
  }

  /** Draws one card anew in its place. */
  renew(id) {
    const card = this.#cards.get(id);
    if (!card) return;
    const held = card.element.contains(document.activeElement);
    card.element.remove();
    this.#cards.delete(id);
    this.draw();
    if (held) this.#cards.get(id)?.element.focus({ preventScroll: true });
  }

  /** Draws every card anew: what is written on them has changed. */
  redraw() {
    for (const card of this.#cards.values()) card.element.remove();
    this.#cards.clear();
    this.draw();
  }

  #drawRestLater() {
    this.#rest ??= whenIdle(() => {
      this.#rest = null;
      this.steadily(() => this.draw());
      if (!this.#rest) this.desk.paging.ahead();
    });
  }

  #isDrawn({ id, status }) {
    return this.#cards.get(id)?.shows === status;
  }

  #card(data) {
    const known = this.#cards.get(data.id);
    if (this.#isDrawn(data)) return known;
    known?.element.remove();
    const card = new Card(data, this.desk);
    card.shows = data.status;
    this.#cards.set(data.id, card);
    return card;
  }

  #remove(id, card, away) {
    this.#cards.delete(id);
    const node = card.element;
    if (!away || !node.classList.contains('current') || this.#isInHurry() || stillness()) return node.remove();
    const top = node.offsetTop;
    node.inert = true;
    node.classList.remove('current');
    node.classList.add('leaving', `to-${away}`);
    node.style.setProperty('top', `${top}px`);
    node.addEventListener('animationend', () => node.remove(), { once: true });
    // The tab may be hidden, and then no animation ends.
    setTimeout(() => node.remove(), 400);
  }

  #isInHurry() {
    const before = this.#leftAt;
    this.#leftAt = performance.now();
    return this.#leftAt - before < IN_HURRY_MS;
  }

  /** Changes the list; the current card stays where it is on the screen. */
  steadily(change) {
    const node = this.current?.element;
    const before = node?.getBoundingClientRect().top;
    change();
    if (node?.isConnected) scrollBy({ top: node.getBoundingClientRect().top - before, behavior: 'instant' });
  }

  mark() {
    const { cursor, selected, notes } = this.queue;
    for (const [id, card] of this.#cards) {
      card.mark({ current: id === cursor, selected: selected.has(id), note: notes.get(id) });
    }
  }

  /** The card with that id, or the current one. */
  card(id = null) {
    return this.#cards.get(id ?? this.queue.cursor) ?? null;
  }

  get current() {
    return this.#cards.get(this.queue.cursor) ?? null;
  }

  /** Brings the current card into sight, its beginning first, and hands it the keyboard. */
  follow() {
    if (!this.current) this.draw();
    const node = this.current?.element;
    if (!node) return;
    const { top, bottom } = node.getBoundingClientRect();
    const ceiling = this.desk.headerHeight() + 16;
    if (top < ceiling || bottom > innerHeight - 16) scrollBy({ top: top - ceiling, behavior: 'instant' });
    const { activeElement: holder } = document;
    if (!holder || holder === document.body || this.element.contains(holder)) node.focus({ preventScroll: true });
  }

  /** The last card is less than a screen away. On a phone it is not shown, so never. */
  isNearEnd() {
    const last = this.#rest ? null : this.list.lastElementChild;
    return Boolean(last?.offsetParent) && last.getBoundingClientRect().top < innerHeight * 2;
  }

  refreshTimes() {
    for (const card of this.#cards.values()) card.refreshTime();
  }

  clear() {
    this.#cards.clear();
    this.list.replaceChildren();
    this.foot.replaceChildren();
  }

  loading() {
    this.clear();
    this.list.setAttribute('aria-busy', 'true');
    this.list.append(
      ...[0, 1, 2].map(() =>
        element('div', { class: 'card ghost', 'aria-hidden': 'true' }, [1, 2, 3].map((n) => element('span', { class: `bar bar-${n}` }))),
      ),
    );
    this.foot.replaceChildren(element('p', { class: 'unseen' }, this.desk.messages.say('queue.loading')));
  }

  loaded() {
    this.list.removeAttribute('aria-busy');
    for (const ghost of this.list.querySelectorAll('.ghost')) ghost.remove();
    this.foot.replaceChildren();
  }

  /** kind: "pending" or "other" */
  empty(kind) {
    const { messages } = this.desk;
    this.foot.replaceChildren(
      element(
        'div',
        { class: 'empty' },
        element('span', { class: 'empty-mark' }, icon(CHECK)),
        element('h2', {}, messages.say(`empty.${kind}`)),
        element('p', { class: 'quiet' }, messages.say(`empty.${kind}Hint`)),
      ),
    );
  }

  more() {
    this.foot.replaceChildren(element('p', { class: 'quiet centred' }, this.desk.messages.say('queue.more')));
  }

  end() {
    this.foot.replaceChildren();
  }

  failed(detail, retry) {
    const { messages } = this.desk;
    this.foot.replaceChildren(
      element(
        'div',
        { class: 'empty', role: 'alert' },
        element('h2', {}, messages.say('queue.failed')),
        element('p', { class: 'quiet' }, detail),
        element('button', { type: 'button', class: 'button', onclick: retry }, messages.say('queue.retry')),
      ),
    );
  }
}

/** Safari knows no idle time. Answers something that is not null. */
function whenIdle(run) {
  return globalThis.requestIdleCallback ? requestIdleCallback(run, { timeout: IDLE_AT_LAST_MS }) : setTimeout(run);
}

function stillness() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
