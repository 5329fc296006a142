import { Draft, Memory } from '../../../main/web/widget/v1/memory.js';
import { equal, test } from '../testing.js';

const fresh = () => new Memory({ api: 'https://comments.example/api/v1/', site: 'test-' + Math.random() });

test('looking stores nothing', () => {
  const before = localStorage.length;

  fresh().read();

  equal(localStorage.length, before);
});

test('the commenter key is 128 bits, made once', () => {
  const memory = fresh();
  const key = memory.commenterKey();

  equal([/^[0-9a-f]{32}$/.test(key), memory.commenterKey() === key], [true, true]);
});

test('a draft keeps its idempotency key until it is forgotten', () => {
  const memory = fresh();
  const key = new Draft(memory, 'talks', null).key();

  const again = new Draft(memory, 'talks', null);
  again.write({ text: 'more' });
  const kept = again.key() === key;
  again.forget();

  equal([kept, again.key() === key], [true, false]);
});

test('drafts of one page do not touch those of another or of a reply', () => {
  const memory = fresh();
  new Draft(memory, 'talks', null).write({ text: 'one' });
  new Draft(memory, 'talks', '11a').write({ text: 'two' });

  equal([new Draft(memory, 'talks', null).read().text, new Draft(memory, 'talk', null).read() ?? null], ['one', null]);
});

test('a draft lasts seven days', () => {
  const memory = fresh();
  new Draft(memory, 'talks', null).write({ text: 'old' });
  memory.change(({ drafts }) => (drafts['talks '].at = Date.now() - 8 * 24 * 3600 * 1000));

  memory.change(() => {});

  equal(Object.keys(memory.read().drafts), []);
});

test('what is not JSON in the storage is as good as nothing', () => {
  const place = { api: 'https://comments.example/api/v1/', site: 'broken' };
  localStorage.setItem('afterword:comments.example:broken', '{"own": {');

  equal(Object.keys(new Memory(place).read().own), []);
});
