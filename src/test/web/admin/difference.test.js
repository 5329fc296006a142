import { difference } from '../../../main/web/admin/difference.js';
import { equal, test } from '../testing.js';

const spelled = (before, after) =>
  difference(before, after).map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `[+${text}+]` })[kind]).join('');

test('an edit is shown word by word', () => {
  equal(spelled('I like this article very much', 'I love this article, very much'), 'I [-like-][+love+] this [-article-][+article,+] very much');
});

test('a link put in is all that was added', () => {
  equal(spelled('Nice.\nThanks!', 'Nice.\nSee https://x.example\nThanks!'), 'Nice.\n[+See https://x.example\n+]Thanks!');
});

test('nothing is lost, whichever way it is read', () => {
  for (const [before, after] of [['', 'a b'], ['a b', ''], ['a a a', 'a a'], ['x  y', 'y  x'], ['é 👩‍💻 ش', 'ش é']]) {
    const parts = difference(before, after);
    equal(parts.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join(''), before);
    equal(parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join(''), after);
  }
});

test('two long texts without a common word are shown one after the other', () => {
  const long = (letter) => Array.from({ length: 3000 }, (_, n) => letter + n).join(' ');

  equal(difference(long('a'), long('b')).map(({ kind }) => kind), ['removed', 'added']);
});
