/**
 * The queue as a moderator sees it: which cards, which one is current, what was decided and what can be
 * taken back. Knows neither DOM nor network, so it can be tested alone. Cards are as the service sends
 * them ({id, version, status, …}); version and status change, and what waits about the comment.
 */
export class Queue {
  cards = [];
  cursor = null;
  selected = new Set();
  /** Selected items that are not among the cards: [{id, version, site, status, unseen: true}]. */
  #unseen = new Map();
  /** Comments awaiting a decision, those decided here already taken off. */
  waiting = 0;
  /** How many of them came after the list was fetched. */
  fresh = 0;
  /** Where the next page begins; null at the end. */
  next = null;
  notes = new Map();
  #decided = new Map();
  #undoable = [];

  get current() {
    return this.cards.find((card) => card.id === this.cursor) ?? null;
  }

  get position() {
    return this.cards.findIndex((card) => card.id === this.cursor);
  }

  get undoable() {
    return this.#undoable.at(-1) ?? null;
  }

  /** Starts over with a first page. What is still on its way to the service stays away. */
  fill({ cards, next, waiting }) {
    for (const [id, decision] of this.#decided) if (decision.state !== 'sending') this.#decided.delete(id);
    this.cards = cards.filter((card) => !this.#decided.has(card.id));
    this.next = next;
    this.waiting = Math.max(0, waiting - this.#sendingFromPending());
    this.fresh = 0;
    this.clearSelection();
    this.notes.clear();
    this.cursor = this.cards[0]?.id ?? null;
  }

  /** Adds a later page below; cards that are here or were decided are left out. Answers the new ones. */
  extend({ cards, next }) {
    const added = this.#unknown(cards);
    this.cards.push(...added);
    this.next = next;
    this.cursor ??= this.cards[0]?.id ?? null;
    return added;
  }

  /** Shows what came in the meantime, because it was asked for: below, or above where newest is first. */
  admit({ cards, next, waiting }, above) {
    const added = this.#unknown(cards);
    if (above) this.cards.unshift(...added);
    else this.cards.push(...added);
    if (!above) this.next = next;
    this.counted(waiting);
    this.fresh = 0;
    if (added.length > 0 && (above || !this.current)) this.cursor = added[0].id;
    return added;
  }

  #unknown(cards) {
    const here = new Set(this.cards.map((card) => card.id));
    return cards.filter((card) => !here.has(card.id) && !this.#decided.has(card.id));
  }

  /** The service counted anew. Only to be told while nothing is on its way. */
  counted(waiting) {
    this.fresh = Math.max(0, this.fresh + waiting - this.waiting);
    this.waiting = waiting;
  }

  #sendingFromPending() {
    return [...this.#decided].filter(([id, { state, before }]) => state === 'sending' && before.get(id) === 'pending')
      .length;
  }

  /** Moves the cursor; false at either end. */
  move(by) {
    const to = this.cards[this.position + by];
    if (!to) return false;
    this.cursor = to.id;
    return true;
  }

  pointAt(id) {
    if (this.cards.some((card) => card.id === id)) this.cursor = id;
  }

  toggle(id) {
    if (!this.selected.delete(id)) this.selected.add(id);
  }

  /** Selects a card and items like it, which need not be among the cards. */
  selectAlike(card, items) {
    this.selected.add(card.id);
    for (const item of items) {
      if (this.#decided.has(item.id)) continue;
      this.#unseen.set(item.id, item);
      this.selected.add(item.id);
    }
  }

  clearSelection() {
    this.selected.clear();
    this.#unseen.clear();
  }

  /** Selects from the current card to its neighbour and goes there. */
  reach(by) {
    if (!this.current) return false;
    this.selected.add(this.cursor);
    const moved = this.move(by);
    this.selected.add(this.cursor);
    return moved;
  }

  /** What a decision is about: the selected cards, or else the current one. */
  get targets() {
    if (this.selected.size > 0) {
      const seen = this.cards.filter(({ id }) => this.selected.has(id));
      const here = new Set(seen.map(({ id }) => id));
      return [...seen, ...[...this.#unseen.values()].filter(({ id }) => this.selected.has(id) && !here.has(id))];
    }
    return this.current ? [this.current] : [];
  }

  /**
   * Takes the cards away at once; the cursor goes to the next one below. The decision that is answered is
   * what the methods below are told about. Its state: sending, done, failed, undoing, undone.
   */
  decide(action, cards) {
    const before = new Map(cards.map(({ id, status }) => [id, status]));
    const decision = { action, cards, before, id: null, state: 'sending' };
    this.#takeAway(cards, decision);
    for (const { id } of cards) this.notes.delete(id);
    this.#undoable.push(decision);
    return decision;
  }

  /**
   * The service answered: those that somebody else was faster with are answered, [{card, result, decidedBy}], and
   * those that it left out, which are back on top.
   */
  confirm(decision, { id, items }) {
    decision.id = id;
    const results = this.#learn(decision, items);
    const leftOut = results.filter(isLeftOut).map(({ card }) => card);
    if (leftOut.length > 0 && decision.state === 'sending') this.#putBack({ cards: leftOut, before: decision.before });
    decision.cards = results.filter(({ result }) => result === 'ok').map(({ card }) => card);
    if (decision.cards.length === 0) this.#forget(decision);
    if (decision.state === 'sending') decision.state = 'done';
    else this.#undoOnly(decision, results);
    return results.filter((one) => isLost(one) || isLeftOut(one));
  }

  /** It was taken back before the answer came: what is not ours to take back leaves again. */
  #undoOnly(decision, results) {
    for (const card of decision.cards) card.status = decision.before.get(card.id);
    this.#takeAway(results.filter((one) => one.result !== 'ok' && !isLeftOut(one)).map(({ card }) => card), decision);
  }

  /** The service did not take it: the cards are back on top, with a note. */
  fail(decision, note) {
    const takenBack = decision.state === 'undoing';
    decision.state = 'failed';
    this.#forget(decision);
    if (takenBack) return;
    this.#putBack(decision);
    for (const { id } of decision.cards) this.notes.set(id, note);
  }

  /** Takes the last decision back: its cards return on top at once. Null if there is none. */
  undo() {
    const decision = this.#undoable.pop() ?? null;
    if (!decision) return null;
    decision.state = 'undoing';
    this.#putBack(decision);
    return decision;
  }

  /** The service took it back too. Cards that somebody decided in between leave, and are answered. */
  undone(decision, { items }) {
    decision.state = 'undone';
    const lost = this.#learn(decision, items).filter(isLost);
    this.#takeAway(lost.map(({ card }) => card), decision);
    return lost;
  }

  /** It could not be taken back, so the decision stands and the cards leave again. */
  undoFailed(decision) {
    decision.state = 'done';
    this.#takeAway(decision.cards, decision);
  }

  /** Somebody else decided on it: the card leaves. Answers it, or null where it is not here or ahead of that. */
  lose({ id, status, version }) {
    const card = this.cards.find((one) => one.id === id);
    if (!card || card.version >= version || card.status === status) return null;
    this.#drop(card);
    return card;
  }

  /** Left to others: it leaves, and waits on. */
  handOn(card) {
    this.#drop(card);
  }

  /** It is the current one again. */
  takeBack(card) {
    if (!this.cards.some(({ id }) => id === card.id)) this.cards.splice(Math.max(0, this.position), 0, card);
    this.cursor = card.id;
  }

  #drop(card) {
    if (this.cursor === card.id) this.cursor = this.#afterwards(new Set([card.id]));
    this.cards = this.cards.filter((one) => one !== card);
    this.selected.delete(card.id);
    this.#unseen.delete(card.id);
    this.notes.delete(card.id);
  }

  #learn(decision, items) {
    const byId = new Map(decision.cards.map((card) => [card.id, card]));
    return items.flatMap(({ id, result, status, version, decidedBy }) => {
      const card = byId.get(id);
      if (!card) return [];
      Object.assign(card, { status: status ?? card.status, version: version ?? card.version });
      return [{ card, result, decidedBy }];
    });
  }

  #takeAway(cards, decision) {
    const gone = new Set(cards.map(({ id }) => id).filter((id) => !this.#decided.has(id)));
    if (gone.has(this.cursor)) this.cursor = this.#afterwards(gone);
    this.cards = this.cards.filter(({ id }) => !gone.has(id));
    for (const id of gone) {
      this.#decided.set(id, decision);
      this.selected.delete(id);
      if (decision.before.get(id) === 'pending') this.waiting = Math.max(0, this.waiting - 1);
    }
  }

  #afterwards(gone) {
    const below = this.cards.slice(this.position).find(({ id }) => !gone.has(id));
    const above = this.cards.slice(0, this.position).findLast(({ id }) => !gone.has(id));
    return (below ?? above)?.id ?? null;
  }

  #putBack({ cards, before }) {
    const back = new Set(cards.map(({ id }) => id));
    this.cards = this.cards.filter(({ id }) => !back.has(id));
    const seen = cards.filter(({ unseen }) => !unseen);
    this.cards.splice(Math.max(0, this.position), 0, ...seen);
    for (const card of cards) {
      card.status = before.get(card.id);
      this.#decided.delete(card.id);
      if (card.status === 'pending') this.waiting += 1;
    }
    if (seen.length > 0) this.cursor = seen[0].id;
  }

  #forget(decision) {
    this.#undoable = this.#undoable.filter((one) => one !== decision);
  }
}

/** It waits for reasons, or for somebody else. */
export function isLeftOut({ result }) {
  return result === 'statement-required' || result === 'another-moderator';
}

function isLost({ result }) {
  return result === 'conflict' || result === 'gone';
}
