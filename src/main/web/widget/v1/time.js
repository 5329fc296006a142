/** Times as people say them, kept true by one timer. */
import { h } from './dom.js';
import { format } from './formats.js';

const MINUTE = 60_000;
const UNITS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
];

/** "3 hours ago"; beyond a month the date, which says more. */
export function said(at, now, lang) {
  const relative = format('RelativeTimeFormat', lang, { numeric: 'auto' });
  let amount = (now - at) / 1000;
  if (amount < 45) return relative.format(0, 'second');
  for (const [unit, size] of UNITS) {
    if (Math.round(amount) < size) return relative.format(-Math.round(amount), unit);
    amount /= size;
  }
  return format('DateTimeFormat', lang, { dateStyle: 'long' }).format(at);
}

/** A <time> for an RFC 3339 instant. */
export function time(instant, lang) {
  const at = new Date(instant);
  const title = format('DateTimeFormat', lang, { dateStyle: 'full', timeStyle: 'short' }).format(at);
  return h('time', { datetime: instant, title }, said(at, Date.now(), lang));
}

/** Says all times inside an element anew, every minute until the signal. */
export function keepTrue(element, lang, signal) {
  const timer = setInterval(() => {
    for (const one of element.querySelectorAll('time')) {
      one.textContent = said(new Date(one.dateTime), Date.now(), lang);
    }
  }, MINUTE);
  signal.addEventListener('abort', () => clearInterval(timer));
}
