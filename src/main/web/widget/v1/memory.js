/**
 * What this browser remembers for one site, in the host page's own storage and nowhere else:
 * `{key, author, drafts: {"<page> <parent>": draft}, own: {<comment id>: {token, page, status, at}}}`.
 * Where storage is refused, it lasts as long as the page.
 */

const WEEK = 7 * 24 * 3600 * 1000;
const MOST_OWN = 200;

export class Memory {
  #name;
  #fallback = {};

  constructor({ api, site }) {
    this.#name = `afterword:${new URL(api).host}:${site}`;
  }

  read() {
    let kept = this.#fallback;
    try {
      kept = JSON.parse(localStorage.getItem(this.#name));
    } catch {
      // Refused, or not ours.
    }
    return { drafts: {}, own: {}, ...kept };
  }

  /** Reads, changes and writes in one go, so that two tabs do not lose each other's changes. */
  change(change) {
    const memory = this.read();
    const result = change(memory);
    for (const [name, draft] of Object.entries(memory.drafts)) {
      if (Date.now() - draft.at > WEEK) delete memory.drafts[name];
    }
    for (const id of Object.keys(memory.own).slice(0, -MOST_OWN)) delete memory.own[id];
    this.#fallback = memory;
    try {
      localStorage.setItem(this.#name, JSON.stringify(memory));
    } catch {
      // Private mode or full: the fallback holds it.
    }
    return result;
  }

  /** The commenter key: 128 random bits, made at the first post. */
  commenterKey() {
    return this.read().key ?? this.change((memory) => (memory.key ??= randomKey()));
  }
}

export class Draft {
  constructor(memory, page, parentId) {
    this.memory = memory;
    this.name = `${page} ${parentId ?? ''}`;
  }

  /** `{text, at, since, key, sent}` or nothing. */
  read() {
    return this.memory.read().drafts[this.name];
  }

  write(changes) {
    this.memory.change(({ drafts }) => {
      drafts[this.name] = { since: Date.now(), ...drafts[this.name], ...changes, at: Date.now() };
    });
  }

  /** The idempotency key of the next attempt: one key until an attempt was answered with 201 or 202. */
  key() {
    const key = this.read()?.key ?? randomKey();
    this.write({ key });
    return key;
  }

  forget() {
    this.memory.change(({ drafts }) => delete drafts[this.name]);
  }
}

/** 128 random bits as 32 hexadecimal digits. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
