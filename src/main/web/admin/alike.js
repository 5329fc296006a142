import { element } from './element.js';

/** What waits and is like a card: "14 with the same link", decided and taken back as one. */
export class Alike {
  /** desk: {messages, perform(action, id)}; card: {id, similar: [{by: link | text | author, items: [{id, version}]}]} */
  constructor(desk, { id, similar = [] }) {
    const groups = similar.filter(({ items }) => items.length > 0);
    this.element = groups.length === 0 ? null : element(
      'p',
      { class: 'alike' },
      groups.map(({ by, items }) =>
        element('button', { type: 'button', class: 'reason', onclick: () => desk.selectAlike(id, by) }, desk.messages.say(`card.alike.${by}`, { n: items.length }))),
    );
  }
}

/** The largest group, or the one of that kind: the card itself and those like it, as items to decide on. */
export function alikeOf(card, by = null) {
  const groups = (card.similar ?? []).filter((group) => group.items.length > 0 && (by === null || group.by === by));
  const group = groups.sort((one, other) => other.items.length - one.items.length)[0];
  return group ? group.items.map(({ id, version }) => ({ id, version, site: card.site, status: 'pending', unseen: true })) : [];
}
