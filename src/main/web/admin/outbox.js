/**
 * Sends one after the other, in the order of the moderator's keys: an undo never overtakes its decision, and
 * a second decision on a card knows the version that the first one made.
 */
export class Outbox {
  #tail = Promise.resolve();
  #size = 0;

  get idle() {
    return this.#size === 0;
  }

  /** Runs job, a function that answers a promise, after all earlier ones. */
  send(job) {
    this.#size += 1;
    const run = this.#tail.then(job).finally(() => (this.#size -= 1));
    this.#tail = run.catch(() => {});
    return run;
  }
}
