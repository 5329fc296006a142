import { pieces } from '../../../main/web/widget/v1/code.js';
import { equal, test } from '../testing.js';

const kinds = (text) => pieces(text).filter(([kind]) => kind).map((piece) => piece.join(' '));

test('comments, strings, numbers and keywords are told apart', () => {
  equal(kinds('const a = "x // y"; // why\nreturn 42;'), ['word const', 'string "x // y"', 'comment // why', 'word return', 'number 42']);
});

test('an address is no comment, a shell comment is one', () => {
  equal(kinds('curl https://a.example/b\n# then\nSELECT -- all'), ['comment # then', 'word SELECT', 'comment -- all']);
});

test('the pieces together are the text, whatever it is', () => {
  const odd = ['', '"', "it's", '/* open', '`a\\`', '<!--', '0x', '\u0000<b>', 'let'];
  equal(odd.map((text) => pieces(text).map(([, piece]) => piece).join('')), odd);
});
