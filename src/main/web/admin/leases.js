const KEPT = 'afterword-leases';

/** What this page has been dealt, so that nobody else is given it meanwhile. */
export class Leases {
  #held = new Map();

  /** api: Api; storage: of this tab, for leases that a page could not give back when it went */
  constructor(api, storage = globalThis.sessionStorage) {
    this.api = api;
    this.storage = storage;
  }

  /** {cards, waiting, noticed}: up to n that nobody else holds. */
  async deal(filter, n) {
    const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
    const { id, cards, waiting, noticed } = await this.api.post('leases', { filter: wanted, n });
    if (cards.length > 0) this.#keep(new Map(this.#held).set(id, new Set(cards.map((card) => card.id))));
    return { cards, waiting, noticed };
  }

  /** isHere(id): whether a card is still before the moderator's eyes; a lease without any is given back. */
  async renew(isHere) {
    for (const [id, cards] of this.#held) {
      const needed = [...cards].some(isHere);
      const kept = await this.api.once(needed ? 'PATCH' : 'DELETE', `leases/${id}`).then(() => needed, ({ status }) => status !== 404);
      if (!kept) this.#keep(new Map([...this.#held].filter(([one]) => one !== id)));
    }
  }

  /** Gives everything back, also what this tab held before it was loaded anew. */
  async release() {
    const ids = new Set([...this.#held.keys(), ...this.#left()]);
    this.#keep(new Map());
    await Promise.all([...ids].map((id) => this.api.once('DELETE', `leases/${id}`).catch(() => {})));
  }

  #keep(held) {
    this.#held = held;
    try {
      this.storage.setItem(KEPT, JSON.stringify([...held.keys()]));
    } catch {
      // Storage is full or forbidden: then they run out by themselves.
    }
  }

  #left() {
    try {
      const ids = JSON.parse(this.storage.getItem(KEPT));
      return Array.isArray(ids) ? ids.filter((id) => /^l[0-9a-z]+$/.test(id)) : [];
    } catch {
      return [];
    }
  }
}
