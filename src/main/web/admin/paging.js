import { NARROWING } from './filter.js';
import { problemText } from './problems.js';

const PAGE = 25;
const ENOUGH_AHEAD = 12;
/** Given to one moderator at a time. */
const DEALT = ['pending', 'noticed'];
/** There may be more to be dealt. */
const MORE = 'more';
const ASK_AGAIN_MS = 500;

/** Fetches: the first page of a filter, the next one before it is needed, and how many are waiting. */
export class Paging {
  #loading = null;
  #later = null;
  #stuck = false;
  #noticed = 0;
  #begun = 0;

  /** desk: {api, leases, queue, view, header, outbox, session, filter, messages, announcer, draw(), renew(), complain()} */
  constructor(desk) {
    this.desk = desk;
  }

  /** The present filter from its beginning. */
  async begin() {
    const { view, queue } = this.desk;
    queue.fill({ cards: [], next: null, waiting: queue.waiting });
    view.loading();
    this.#begun += 1;
    // Or what comes in the meantime would be dealt twice.
    this.#loading = {};
    await this.desk.leases.release();
    await this.#load(null);
    scrollTo({ top: 0, behavior: 'instant' });
    view.follow();
    this.desk.announcer.say(this.#summary());
  }

  #summary() {
    const { messages, queue } = this.desk;
    if (queue.cards.length === 0) return messages.say(`empty.${this.#emptiness()}`);
    return messages.say('queue.waiting', { n: queue.waiting });
  }

  /** One page; a later change of filter makes it void. */
  async #load(after) {
    const { queue, view } = this.desk;
    const mine = (this.#loading = {});
    this.#stuck = false;
    const page = await this.#page({ after, limit: PAGE }).catch((problem) => ({ problem }));
    if (this.#loading !== mine) return;
    this.#loading = null;
    view.loaded();
    if (page.problem) return this.#failed(page.problem, after);
    if (after === null) queue.fill(page);
    else queue.extend(page);
    this.#noticedAre(page.noticed);
    this.desk.draw();
  }

  #noticedAre(n) {
    this.#noticed = n;
    this.desk.header.noticed(n);
  }

  /** Asks no more until it is told to. */
  #failed(problem, after) {
    this.#stuck = true;
    const again = () => (after === null ? this.begin() : this.#more());
    this.desk.view.failed(problemText(this.desk.messages, problem), again);
  }

  /** What waits is dealt, so that no two moderators are given the same; everything else is only looked at. */
  get #isDealt() {
    const { filter, session } = this.desk;
    return DEALT.includes(filter.status) && session.mayDecideAll(filter.site);
  }

  async #page({ after = null, limit }) {
    const { api, leases, filter } = this.desk;
    if (!this.#isDealt) return api.get('queue', { ...filter, after, limit });
    const { cards, waiting, noticed } = await leases.deal(filter, limit);
    const dealt = cards.filter((card) => !card.anotherModerator);
    return { cards, waiting, noticed, next: dealt.length === limit ? MORE : null };
  }

  /** How many there are of what is looked at, with others or not. */
  get #left() {
    const { filter, queue } = this.desk;
    return filter.status === 'pending' ? queue.waiting : this.#noticed;
  }

  /** After every drawing: what stands below the cards, and is there enough of them. */
  drawn() {
    const { queue, view } = this.desk;
    if (this.#loading || this.#stuck) return;
    if (queue.cards.length === 0 && !queue.next) view.empty(this.#emptiness());
    else view.end();
    this.ahead();
  }

  /** Keeps enough cards below the current one that the next is always there already. */
  ahead() {
    const { queue, view } = this.desk;
    if (!queue.next || this.#loading || this.#stuck) return;
    if (queue.cards.length - queue.position <= ENOUGH_AHEAD || view.isNearEnd()) this.#more();
  }

  #more() {
    this.desk.view.more();
    return this.#load(this.desk.queue.next);
  }

  /** While something is on its way, nobody can say what a number counts. */
  get #busy() {
    return !this.desk.outbox.idle || this.#loading !== null;
  }

  /** Asks how many are waiting. */
  async count() {
    const { api, filter, session } = this.desk;
    if (document.hidden || this.#busy || !session.moderator) return;
    const { waiting, noticed } = await api.get('queue', { site: filter.site, limit: 1 }).catch(() => ({}));
    if (waiting === undefined || this.#busy) return;
    this.#counted(waiting);
    this.#noticedAre(noticed);
  }

  /** The service says how many are waiting. */
  told(waiting) {
    clearTimeout(this.#later);
    if (this.#busy) this.#later = setTimeout(() => this.count(), ASK_AGAIN_MS);
    else this.#counted(waiting);
  }

  #counted(waiting) {
    const { queue, header, filter } = this.desk;
    queue.counted(waiting);
    if (filter.status !== 'pending') queue.fresh = 0;
    header.counted(queue.waiting, queue.fresh);
    if (queue.cards.length === 0 && queue.fresh > 0) this.admit();
  }

  /** What others held may be free by now; asked where nothing else is left to do. */
  knock() {
    const { queue } = this.desk;
    if (!document.hidden && !this.#busy && this.#isDealt && queue.cards.length === 0 && this.#left > 0) this.admit();
  }

  /** Shows what came in the meantime. */
  async admit() {
    if (this.#loading) return;
    const { queue, view, filter, messages, announcer } = this.desk;
    const newestFirst = filter.order === 'newest';
    const wasEmpty = queue.cards.length === 0;
    const begun = this.#begun;
    try {
      const page = await this.#page({ limit: PAGE });
      // Dealt for what is not shown any more: that is given back.
      if (begun !== this.#begun) return this.desk.renew();
      const added = queue.admit(page, newestFirst);
      this.desk.draw();
      if (added.length > 0 && (wasEmpty || newestFirst)) view.follow();
      if (added.length > 0 || !wasEmpty) announcer.say(messages.say('queue.waiting', { n: queue.waiting }));
    } catch (problem) {
      this.desk.complain(problemText(messages, problem));
    }
  }

  /** Nothing waits at all, others have what waits, or just nothing is like that. */
  #emptiness() {
    const { filter } = this.desk;
    if (!DEALT.includes(filter.status) || NARROWING.some((name) => filter[name])) return 'other';
    if (this.#isDealt && this.#left > 0) return 'held';
    return filter.status === 'pending' ? 'pending' : 'other';
  }
}

