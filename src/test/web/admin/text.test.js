import { hiddenLinks, marked, partsOf } from '../../../main/web/admin/text.js';
import { equal, test } from '../testing.js';

const links = (text) => partsOf(text).filter(({ kind }) => kind === 'link').map(({ text: words, host }) => `${words} | ${host}`);
const whole = (text) => partsOf(text).map((part) => part.text ?? '').join('');

test('links are found with their domain and without the sentence around them', () => {
  equal(links('See https://a.example/x?y=1, (http://b.example/z) and www.c.example!'),
    ['https://a.example/x?y=1 | a.example', 'http://b.example/z | b.example', 'www.c.example | www.c.example']);
});

test('brackets that belong to an address stay', () => {
  equal(links('https://a.example/wiki/Talk_(2026)'), ['https://a.example/wiki/Talk_(2026) | a.example']);
});

test('nothing of the text is lost', () => {
  for (const text of ['', 'plain', 'x https://a.example. y\nhttp:// z www.', '👩‍👩‍👧 می‌خواهم https://b.example/ü']) equal(whole(text), text);
});

test('characters that nobody sees are named, joiners are not', () => {
  equal(partsOf('a\u202eb\u200bc').filter(({ kind }) => kind === 'unseen').map(({ code }) => code), ['202E', '200B']);
  equal(partsOf('👩‍👧 می‌خواهم').filter(({ kind }) => kind === 'unseen'), []);
});

test('what is no web address is no link', () => {
  equal(links('javascript:alert(1) data:text/html,x http://%zz ftp://a.example'), []);
});

test('links that only the source shows are listed once', () => {
  equal(hiddenLinks('[nice](http://evil.example/x) [again](http://evil.example/x) https://a.example/', 'nice again https://a.example/'), ['http://evil.example/x']);
});

test('a long hostile text is cut in no time', () => {
  // The quickest of some: a browser may stand still for a while, but not each time.
  const times = [1, 2, 3, 4, 5].map(() => {
    const begin = performance.now();
    for (const piece of ['http://', 'www.', '](', ')', '\u202e', 'http://a.example/)))']) partsOf(piece.repeat(10_000 / piece.length));
    return performance.now() - begin;
  });
  equal(Math.min(...times) < 500, true);
});

test('words that made the service look are marked, whatever their case, and signs in them are no pattern', () => {
  equal(marked('Buy V1AGRA (now)!', ['v1agra', '(now)']), [
    { hit: false, text: 'Buy ' },
    { hit: true, text: 'V1AGRA' },
    { hit: false, text: ' ' },
    { hit: true, text: '(now)' },
    { hit: false, text: '!' },
  ]);
  equal(marked('Buy', []), [{ hit: false, text: 'Buy' }]);
});
