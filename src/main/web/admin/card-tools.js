import { isErased, isNoticed } from './actions.js';
import { element } from './element.js';
import { problemText } from './problems.js';
import { Sheet } from './sheet.js';

/** What can be done to a comment or its author besides deciding: each is a key and a small button on the card. */
export const TOOLS = ['reply', 'edit', 'ban', 'pin', 'lock', 'context', 'author', 'handOn', 'erase'];
/** Of what has no text any more. */
const ERASED = ['context'];

const DAY_MS = 86_400_000;
const SPANS = { day: 1, week: 7, month: 30 };

/** Ticking the one takes the tick from the other: who is kept out is not also looked at first. */
function insteadOf(other) {
  return ({ target }) => target.checked && (target.form.elements[other].checked = false);
}

export class CardTools {
  /** desk: {api, messages, queue, view, paging, decisions, toast, announcer, now(), complain(), draw()} */
  constructor(desk) {
    this.desk = desk;
    this.say = (key, values) => desk.messages.say(key, values);
    this.sheets = Object.fromEntries(['ban', 'edit', 'reply', 'erase'].map((name) => [name, new Sheet(desk, name)]));
    this.elements = Object.values(this.sheets).map(({ element: sheet }) => sheet);
  }

  /** Which of them make sense on the card, for who may decide; only owners erase, and only what is deleted. */
  static offered(card, owns) {
    if (isErased(card)) return ERASED;
    const makesSense = { reply: !needsReasons(card), pin: card.depth === 0, handOn: card.status === 'pending', erase: owns && card.status === 'deleted' };
    return TOOLS.filter((tool) => makesSense[tool] ?? true);
  }

  ban(card, rejectPending = false) {
    const { author } = card;
    const whom = [
      author?.id && ['author', this.say('ban.author', { name: author.name || this.say('card.nobody') })],
      author?.email && ['email', this.say('ban.email', { email: author.email })],
      ['rangeOf', this.say('ban.range')],
    ].filter(Boolean);
    this.sheets.ban.ask({
      fields: [
        { name: 'whom', label: this.say('ban.whom'), options: whom },
        { name: 'span', label: this.say('ban.span'), options: [...Object.keys(SPANS), 'ever'].map((span) => [span, this.say(`ban.${span}`)]) },
        { name: 'rejectPending', label: this.say('ban.rejectPending'), type: 'checkbox', checked: rejectPending },
        { name: 'holds', label: this.say('ban.holds'), type: 'checkbox', onchange: insteadOf('shadow') },
        { name: 'shadow', label: this.say('ban.shadow'), type: 'checkbox', onchange: insteadOf('holds') },
        { name: 'reason', label: this.say('ban.reason'), maxlength: 1000 },
      ],
      submit: this.say('ban.submit'),
      send: (values) => this.#ban(card, values),
    });
  }

  async #ban(card, { whom, span, rejectPending, holds, shadow, reason }) {
    const { desk } = this;
    const value = { author: card.author?.id, email: card.author?.email, rangeOf: card.id }[whom];
    const expiresAt = SPANS[span] ? { expiresAt: new Date(desk.now() + SPANS[span] * DAY_MS).toISOString() } : {};
    const { rejected, noticed, decision } = await desk.api.post('bans', {
      site: card.site, [whom]: value, holds, shadow, rejectPending, ...expiresAt, ...(reason ? { reason } : {}),
    });
    const left = noticed > 0 ? this.say('ban.noticed', { n: noticed }) : '';
    this.#did([this.say('ban.done', { n: rejected }), left].filter(Boolean).join(' '), decision);
    if (rejected > 0) await desk.paging.begin();
  }

  edit(card) {
    this.sheets.edit.ask({
      fields: [{ name: 'body', label: this.say('edit.body'), type: 'textarea', value: card.source, maxlength: 10_000, required: true }],
      submit: this.say('edit.submit'),
      send: async ({ body }) => {
        await this.#change(card, { body, version: card.version });
        this.desk.toast.did(this.say('edit.done'));
        this.desk.announcer.say(this.say('edit.done'));
      },
    });
  }

  reply(card) {
    if (needsReasons(card)) return this.desk.complain(this.say('problem.statement-required'));
    this.sheets.reply.ask({
      about: element('blockquote', { class: 'parent quote', dir: 'auto' }, card.text.slice(0, 280)),
      fields: [{ name: 'body', label: this.say('reply.body'), type: 'textarea', maxlength: 10_000, required: true }],
      submit: this.say(card.status === 'published' ? 'reply.submit' : 'reply.submitApprove'),
      send: async (values) => {
        const { decision } = await this.desk.api.post(`comments/${card.id}/replies`, values);
        this.#did(this.say('reply.done'), decision);
        if (decision) await this.desk.paging.begin();
      },
    });
  }

  /** The one thing that cannot be taken back, and so the one that asks first. */
  erase(card) {
    this.sheets.erase.ask({
      about: element('p', {}, this.say('erase.about')),
      fields: [],
      submit: this.say('erase.submit'),
      send: async () => {
        await this.desk.api.call('DELETE', `comments/${card.id}?erase=true`);
        const fresh = await this.desk.api.get(`comments/${card.id}`);
        Object.assign(card, fresh.card);
        this.desk.view.renew(card.id);
        this.#did(this.say('erase.done'), null);
      },
    });
  }

  /** Colleagues are dealt it; who hands it on is not, for an hour. */
  handOn(card) {
    const { desk } = this;
    desk.queue.handOn(card);
    desk.draw({ away: 'start' });
    desk.view.follow();
    this.#say('done.handedOn', () => this.#takeBack(card));
    desk.outbox.send(() => desk.api.call('POST', `comments/${card.id}/hand-on`)).catch((problem) => this.#stays(card, problem));
  }

  #takeBack(card) {
    const { desk } = this;
    desk.queue.takeBack(card);
    desk.draw();
    desk.view.follow();
    this.#say('done.takenBack');
    desk.outbox.send(() => desk.api.call('DELETE', `comments/${card.id}/hand-on`)).catch((problem) => desk.complain(problemText(desk.messages, problem)));
  }

  #stays(card, problem) {
    const { desk } = this;
    desk.queue.takeBack(card);
    desk.draw();
    desk.toast.clear();
    desk.complain(problemText(desk.messages, problem));
  }

  #say(key, undo) {
    const text = this.say(key, { n: 1 });
    this.desk.toast.did(text, { undo });
    this.desk.announcer.say(text);
  }

  pin(card) {
    return this.#toggle(card, 'pinned');
  }

  lock(card) {
    return this.#toggle(card, 'locked');
  }

  async #toggle(card, what) {
    try {
      await this.#change(card, { [what]: !card[what] });
      const done = this.say(`done.${card[what] ? what : `un${what}`}`);
      this.desk.toast.did(done, { undo: () => this.#toggle(card, what) });
      this.desk.announcer.say(done);
    } catch (problem) {
      this.desk.complain(problemText(this.desk.messages, problem));
    }
  }

  /** The card on the page becomes what the service says it is now. */
  async #change(card, change) {
    const answer = await this.desk.api.call('PATCH', `comments/${card.id}`, change);
    Object.assign(card, answer.card);
    this.desk.view.renew(card.id);
  }

  #did(text, decision) {
    const undo = decision && (() => this.#undo(decision));
    this.desk.toast.did(text, { undo });
    this.desk.announcer.say(text);
  }

  async #undo(decision) {
    const { desk } = this;
    try {
      const { items } = await desk.api.post(`decisions/${decision}/undo`, {});
      desk.toast.did(this.say('done.takenBack', { n: items.length }));
      await desk.paging.begin();
    } catch (problem) {
      desk.complain(problemText(desk.messages, problem));
    }
  }
}

/** Answering what waits approves it, and where a notice waits that takes a statement. */
function needsReasons(card) {
  return card.status === 'pending' && isNoticed(card);
}
