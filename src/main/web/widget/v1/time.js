/** Times as people say them, kept true by one timer. */
import { h } from './dom.js';

const UNITS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
];

export class Times {
  constructor(lang) {
    this.relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'long' });
    this.date = new Intl.DateTimeFormat(lang, { dateStyle: 'long' });
    this.full = new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeStyle: 'short' });
  }

  /** A <time> for an RFC 3339 instant. */
  element(instant) {
    const at = new Date(instant);
    return h('time', { datetime: instant, title: this.full.format(at) }, this.#said(at));
  }

  /** Says all times inside a root anew, every minute until the signal. */
  keepTrue(root, signal) {
    const timer = setInterval(() => {
      for (const time of root.querySelectorAll('time')) time.textContent = this.#said(new Date(time.dateTime));
    }, 60_000);
    signal.addEventListener('abort', () => clearInterval(timer));
  }

  /** "3 hours ago"; beyond a month the date, which says more. */
  #said(at) {
    let amount = (at - Date.now()) / 1000;
    if (amount > -45) return this.relative.format(0, 'second');
    for (const [unit, size] of UNITS) {
      if (Math.round(-amount) < size) return this.relative.format(Math.round(amount), unit);
      amount /= size;
    }
    return this.date.format(at);
  }
}
