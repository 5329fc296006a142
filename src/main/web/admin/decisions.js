import { REASONED, isNoticed, offered } from './actions.js';
import { problemText } from './problems.js';
import { isLeftOut } from './queue.js';

/** After a card came back by itself, keys meant for the one that was there before do nothing. */
const SETTLE_MS = 600;
/** Cards that are asked for again after a decision, at most. */
const RENEWED = 25;
/** Where a decided card leaves to: on to the page, or out. */
const AWAY = { approve: 'end', restore: 'end' };

/** Decides and takes back: at once for the eye, one after the other for the service, and said aloud. */
export class Decisions {
  #settledAt = 0;
  #lastReason = null;

  /** desk: {api, queue, outbox, view, toast, announcer, messages, filter, mayDecide(site), now(), draw(), complain()} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
  }

  /** On the card with that id, or on what is selected, or on the current card. */
  decide(action, { id = null, reason } = {}) {
    const { desk } = this;
    if (id === null && desk.now() < this.#settledAt) return;
    const own = this.#meant(id).filter((card) => desk.mayDecide(card.site));
    const cards = own.filter((card) => offered(card).includes(action));
    if (cards.length === 0) return own.some((card) => card.anotherModerator) && desk.complain(this.say('problem.another-moderator'));
    if (reason !== undefined) this.#lastReason = reason;
    const why = action === 'reject' ? this.#lastReason : null;
    if (!REASONED.includes(action) || !cards.some(isNoticed)) return this.#decide(action, cards, why);
    const settles = shown(cards);
    desk.statement.ask(action, cards, why, (statement) => this.#decide(action, cards, why, { statement, settles }));
  }

  #decide(action, cards, reason, { statement = null, settles = null } = {}) {
    const { desk } = this;
    const decision = Object.assign(desk.queue.decide(action, cards), { reason, statement, settles });
    desk.draw({ away: AWAY[action] ?? 'start' });
    desk.view.follow();
    this.#tell(decision);
    desk.outbox.send(() => this.#send(decision)).catch(() => {});
  }

  #meant(id) {
    const { queue } = this.desk;
    const card = queue.cards.find((one) => one.id === id);
    return card && !queue.selected.has(id) ? [card] : queue.targets;
  }

  #tell({ action, cards, reason, statement }) {
    const { desk } = this;
    const done = this.say(`done.${statement?.ground === 'gone' ? 'close' : action}`, { n: cards.length });
    const why = reason ? `${desk.templates.words(reason)}.` : '';
    const left = desk.filter.status === 'pending' ? this.say('done.left', { n: desk.queue.waiting }) : '';
    desk.announcer.say([done, why, left].filter(Boolean).join(' '));
    const name = cards.length === 1 ? cards[0].author?.name : null;
    desk.toast.did([done, why].filter(Boolean).join(' '), { name, undo: () => this.undo() });
  }

  async #send(decision) {
    const { desk } = this;
    const items = decision.cards.map(({ id, version }) => ({ id, version }));
    const { action, reason, statement, settles } = decision;
    try {
      const answer = await desk.api.post('decisions', { action, items, ...(reason ? { reason } : {}), ...(statement ? { statement, settles } : {}) });
      await this.#renew(decision.cards.filter(({ id }) => answer.items.some((item) => item.id === id && isLeftOut(item))));
      this.#lost(desk.queue.confirm(decision, answer));
      desk.statement.stored(decision.cards);
    } catch (problem) {
      if (isLeftOut({ result: problem.slug })) await this.#renew(decision.cards);
      this.#failed(decision, problem);
    }
    desk.draw();
    if (decision.state === 'failed') desk.view.follow();
  }

  /** What came after a card was fetched stands on it when it is back: the next key asks for reasons. */
  async #renew(cards) {
    for (const card of cards.slice(0, RENEWED)) {
      const fresh = await this.desk.api.get(`comments/${card.id}`).catch(() => null);
      if (!fresh) continue;
      const { notices, appeals, anotherModerator, gone } = fresh.card;
      Object.assign(card, { notices, appeals, anotherModerator, gone });
    }
  }

  #failed(decision, problem) {
    const { desk } = this;
    const note = this.say('problem.onDeciding', { detail: problemText(desk.messages, problem) });
    desk.queue.fail(decision, note);
    this.#settledAt = desk.now() + SETTLE_MS;
    desk.toast.clear();
    desk.complain(note);
  }

  /** Others decided on cards that are here: those leave, and it is said who decided what. */
  elsewhere(items) {
    const { desk } = this;
    const self = desk.session.moderator?.name;
    const before = desk.queue.cursor;
    const lost = items
      .filter(({ by }) => by !== self || desk.outbox.idle)
      .flatMap((item) => {
        const card = desk.queue.lose(item);
        return card ? [{ card: { ...card, status: item.status }, result: 'conflict', decidedBy: item.by }] : [];
      });
    if (lost.length === 0) return;
    // Keys on their way are meant for the card that has just left.
    if (desk.queue.cursor !== before) this.#settledAt = desk.now() + SETTLE_MS;
    desk.draw({ away: 'start', steady: true });
    this.#lost(lost);
  }

  undo() {
    const { desk } = this;
    const decision = desk.queue.undo();
    if (!decision) return desk.announcer.say(this.say('done.nothingToUndo'));
    if (decision.statement) desk.statement.keep(decision.cards, decision.statement);
    desk.draw();
    desk.view.follow();
    const takenBack = this.say('done.takenBack', { n: decision.cards.length });
    desk.announcer.say(takenBack);
    desk.toast.did(takenBack, { undo: desk.queue.undoable && (() => this.undo()) });
    desk.outbox.send(() => this.#sendUndo(decision)).catch(() => {});
  }

  async #sendUndo(decision) {
    if (decision.state === 'failed' || decision.cards.length === 0) return;
    const { desk } = this;
    try {
      this.#lost(desk.queue.undone(decision, await desk.api.post(`decisions/${decision.id}/undo`, {})));
    } catch (problem) {
      desk.queue.undoFailed(decision);
      desk.complain(`${this.say('problem.undo')} ${problem.detail}`.trim());
    }
    desk.draw();
  }

  /** Somebody else was faster and the card is gone, or it is back with a note: what happened is said once. */
  #lost(results) {
    const { desk } = this;
    for (const one of results.filter(isLeftOut)) desk.queue.notes.set(one.card.id, this.#fate(one));
    if (results.length > 0) desk.complain(this.#fate(results[0]));
  }

  #fate({ card, result, decidedBy }) {
    if (isLeftOut({ result })) return this.say('problem.onDeciding', { detail: this.say(`problem.${result}`) });
    if (result === 'gone') return this.say('problem.gone');
    const status = this.say(`status.${card.status}`);
    return this.say(decidedBy ? 'problem.conflict' : 'problem.conflictSomebody', { name: decidedBy, status });
  }
}

/** What the cards said when reasons were asked for; whatever comes later has not been read. */
function shown(cards) {
  const ids = (what) => cards.flatMap((card) => card[what] ?? []).map(({ id }) => id);
  return { notices: ids('notices'), appeals: ids('appeals') };
}
