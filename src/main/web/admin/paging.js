import { NARROWING } from './filter.js';
import { problemText } from './problems.js';

const PAGE = 25;
const ENOUGH_AHEAD = 12;

/** Fetches: the first page of a filter, the next one before it is needed, and how many are waiting. */
export class Paging {
  #loading = null;
  #stuck = false;

  /** desk: {api, queue, view, header, outbox, session, filter, messages, announcer, draw(), complain()} */
  constructor(desk) {
    this.desk = desk;
  }

  /** The present filter from its beginning. */
  async begin() {
    const { view, queue } = this.desk;
    queue.fill({ cards: [], next: null, waiting: queue.waiting });
    view.loading();
    await this.#load(null);
    scrollTo({ top: 0, behavior: 'instant' });
    view.follow();
    this.desk.announcer.say(this.#summary());
  }

  #summary() {
    const { messages, queue, filter } = this.desk;
    if (queue.cards.length === 0) return messages.say(`empty.${emptiness(filter)}`);
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
    this.desk.draw();
  }

  /** Asks no more until it is told to. */
  #failed(problem, after) {
    this.#stuck = true;
    const again = () => (after === null ? this.begin() : this.#more());
    this.desk.view.failed(problemText(this.desk.messages, problem), again);
  }

  #page({ after = null, limit }) {
    return this.desk.api.get('queue', { ...this.desk.filter, after, limit });
  }

  /** After every drawing: what stands below the cards, and is there enough of them. */
  drawn() {
    const { queue, view, filter } = this.desk;
    if (this.#loading || this.#stuck) return;
    if (queue.cards.length === 0 && !queue.next) view.empty(emptiness(filter));
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

  /** Asks how many are waiting; only while nothing is on its way, or the answer would be ambiguous. */
  async count() {
    const { queue, header, outbox, session, filter } = this.desk;
    const busy = () => !outbox.idle || this.#loading !== null;
    if (document.hidden || busy() || !session.moderator) return;
    const { waiting } = await this.#page({ limit: 1 }).catch(() => ({}));
    if (waiting === undefined || busy()) return;
    queue.counted(waiting);
    if (filter.status !== 'pending') queue.fresh = 0;
    header.counted(queue.waiting, queue.fresh);
    if (queue.cards.length === 0 && queue.fresh > 0) this.admit();
  }

  /** Shows what came in the meantime. */
  async admit() {
    if (this.#loading) return;
    const { queue, view, filter, messages, announcer } = this.desk;
    const newestFirst = filter.order === 'newest';
    const wasEmpty = queue.cards.length === 0;
    try {
      const added = queue.admit(await this.#page({ limit: PAGE }), newestFirst);
      this.desk.draw();
      if (added.length > 0 && (wasEmpty || newestFirst)) view.follow();
      announcer.say(messages.say('queue.waiting', { n: queue.waiting }));
    } catch (problem) {
      this.desk.complain(problemText(messages, problem));
    }
  }
}

/** Nothing waits at all, or just nothing is like that. */
function emptiness(filter) {
  return filter.status === 'pending' && NARROWING.every((name) => !filter[name]) ? 'pending' : 'other';
}
