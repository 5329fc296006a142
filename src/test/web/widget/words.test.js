import { Words } from '../../../main/web/widget/v1/words.js';
import { equal, test } from '../testing.js';

const english = { comments: { one: '{n} Comment', other: '{n} Comments' }, reply: 'Reply', to: 'Reply to {name}' };

function words(lang) {
  const made = new Words(lang);
  made.add(english);
  return made;
}

test('plural forms follow the language', () => {
  equal([0, 1, 2].map((n) => words('en').text('comments', { n })), ['0 Comments', '1 Comment', '2 Comments']);
});

test('numbers are written in the language', () => {
  equal(words('en').text('comments', { n: 1234 }), '1,234 Comments');
});

test('a value that looks like a placeholder stays as it is', () => {
  equal(words('en').text('to', { name: '{n} $& $1' }), 'Reply to {n} $& $1');
});

test('an odd language falls back to English', () => {
  equal(words('no such language!').text('comments', { n: 1 }), '1 Comment');
});

test('a table that arrives late is written over what stands already, and English fills its gaps', () => {
  const made = words('pl');
  const node = made.node('comments', { n: 2 });
  const other = made.node('reply');

  made.translate({ comments: { one: '{n} komentarz', few: '{n} komentarze', many: '{n} komentarzy', other: '{n} komentarza' } });

  equal([node.data, other.data], ['2 komentarze', 'Reply']);
});

test('an unknown key is found nowhere and shown as itself', () => {
  equal([words('en').find('nothing') === undefined, words('en').text('nothing')], [true, 'nothing']);
});
