/**
 * Cuts a comment's text into what a moderator should look at: links with their domain, and characters that
 * nobody sees although they change what is read (bidi overrides, zero width spaces, tags). The joiners that
 * emoji, Persian and Arabic need are not among them.
 *
 * Answers [{kind: 'text', text} | {kind: 'link', text, href, host} | {kind: 'unseen', code}].
 */
export function partsOf(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0]);
    const href = hrefOf(link);
    if (!href) continue;
    parts.push(...unseenIn(text.slice(from, match.index)));
    parts.push({ kind: 'link', text: link, href, host: new URL(href).host });
    from = match.index + link.length;
  }
  return parts.concat(unseenIn(text.slice(from)));
}

/** Addresses that the typed source links to although the text does not show them: "[a nice page](http://…)". */
export function hiddenLinks(source, text) {
  const shown = new Set(partsOf(text).map(({ href }) => href));
  const typed = partsOf(source ?? '').filter(({ kind, href }) => kind === 'link' && !shown.has(href));
  return [...new Set(typed.map(({ href }) => href))];
}

/** Where the words stand that made the service look: [{hit, text}], all of the text in its order. */
export function marked(text, words) {
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).filter(Boolean).join('|');
  if (!pattern) return [{ hit: false, text }];
  const whole = new RegExp(`(${pattern})`, 'giu');
  return text.split(whole).map((part, n) => ({ hit: n % 2 === 1, text: part })).filter((part) => part.text !== '');
}

const LINK = /(?:https?:\/\/|www\.)[^\s<>"`\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/giu;
const UNSEEN = /[\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\u00ad\u{e0000}-\u{e007f}]/gu;

/** Without what belongs to the sentence or to Markdown's brackets. */
function trimmed(link) {
  const closed = link.includes('](') ? link.slice(0, link.indexOf('](')) : link;
  const bare = closed.replace(/[.,;:!?'"*_~\]}]+$/u, '');
  return bare.endsWith(')') && !bare.includes('(') ? trimmed(bare.replace(/\)+$/u, '')) : bare;
}

function hrefOf(link) {
  try {
    return new URL(/^www\./i.test(link) ? `https://${link}` : link).href;
  } catch {
    return null;
  }
}

function unseenIn(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'unseen', code: match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0') });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}
