const AGAIN_MS = 10_000;

/** What happens on the sites while one looks at them: how many comments wait, and what others decided. */
export class News {
  #source = null;
  #again = null;
  #site = '';

  /** told: {waiting(n), decided(items)} */
  constructor(told, { EventSource = globalThis.EventSource } = {}) {
    this.told = told;
    this.EventSource = EventSource;
  }

  get isOpen() {
    return this.#source?.readyState === 1;
  }

  /** Of one site, or of all with ''. */
  open(site) {
    this.close();
    this.#site = site;
    const source = new this.EventSource(`/api/v1/admin/live${site ? `?site=${encodeURIComponent(site)}` : ''}`);
    source.addEventListener('waiting', ({ data }) => this.told.waiting(JSON.parse(data).waiting));
    source.addEventListener('decided', ({ data }) => this.told.decided(JSON.parse(data).items));
    // A refusal is final for the browser; the session may be there again in a while.
    source.addEventListener('error', () => {
      if (source.readyState === 2) this.#again = setTimeout(() => this.open(this.#site), AGAIN_MS);
    });
    this.#source = source;
  }

  close() {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
  }
}
