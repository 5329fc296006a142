/** Colours blocks of code: comments, strings, numbers and common keywords, whatever the language. */
import styles from './code-styles.js';
import { adopt, h } from './reading.js';

/** Beyond this a block stays plain: patterns look ahead, and nobody reads that much in colours. */
const LONGEST = 5_000;

const KEYWORDS =
  'abstract and as async await begin bool boolean break case catch char class const continue def default defer delete do double elif else elsif end enum except export extends false final finally float fn for foreach from func function go if impl implements import in include instanceof int interface is lambda let long loop match module mut namespace new nil none not null or package pass private protected pub public raise return select self short static string struct super switch then this throw trait true try type typeof union unless until use using val var void where while with yield';

const TOKENS = new RegExp(
  [
    '(?<comment>/\\*[^]*?\\*/|(?<!:)//.*|<!--[^]*?-->|(?<=^|\\s)(?:#|--)\\s.*)',
    '(?<string>"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'|`(?:\\\\.|[^`\\\\])*`)',
    '(?<number>\\b\\d[\\w.]*)',
    `(?<word>\\b(?:${KEYWORDS.replaceAll(' ', '|')})\\b)`,
  ].join('|'),
  'gim',
);

/** Colours what stands inside a comment's body. Text goes in and comes out as text. */
export function colour(thread, body) {
  adopt(thread.element.getRootNode(), styles);
  for (const code of body.querySelectorAll('pre code')) {
    const text = code.textContent;
    if (text.length <= LONGEST) code.replaceChildren(...coloured(text));
  }
}

/** The text in pieces, `[kind or nothing, piece]`; together they are the text. */
export function pieces(text) {
  const all = [];
  let from = 0;
  for (const found of text.matchAll(TOKENS)) {
    if (found.index > from) all.push([null, text.slice(from, found.index)]);
    const [kind] = Object.entries(found.groups).find(([, piece]) => piece !== undefined);
    all.push([kind, found[0]]);
    from = found.index + found[0].length;
  }
  if (from < text.length) all.push([null, text.slice(from)]);
  return all;
}

function coloured(text) {
  return pieces(text).map(([kind, piece]) => (kind ? h('span', { class: 'code-' + kind }, piece) : piece));
}
