import { batches } from '../../../main/web/widget/v1/counting.js';
import { equal, test } from '../testing.js';

test('a hundred pages fit into one request, one more does not', () => {
  const keys = Array.from({ length: 101 }, (_, n) => 'page-' + n);

  equal(batches(keys).map((batch) => batch.length), [100, 1]);
});

test('a request stays below the length of query that the service takes', () => {
  const keys = Array.from({ length: 90 }, (_, n) => 'ä'.repeat(100) + n);

  const lengths = batches(keys).map((batch) => new URLSearchParams(batch.map((page) => ['page', page])).toString().length);
  equal([lengths.length > 1, lengths.every((length) => length <= 8_000), batches(keys).flat().length], [true, true, 90]);
});

test('a key that is too long alone is asked for alone', () => {
  equal(batches(['a', 'x'.repeat(9_000), 'b']).map((batch) => batch.length), [1, 1, 1]);
});
