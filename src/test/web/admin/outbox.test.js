import { Outbox } from '../../../main/web/admin/outbox.js';
import { equal, test } from '../testing.js';

test('jobs run one after the other, and a failed one does not stop the next', async () => {
  const outbox = new Outbox();
  const done = [];
  let release;
  const first = outbox.send(() => new Promise((resolve) => (release = resolve)).then(() => done.push('first')));
  const second = outbox.send(async () => { done.push('second'); throw new Error('no'); });
  const third = outbox.send(async () => done.push('third'));
  await Promise.resolve();

  equal([done, outbox.idle], [[], false]);
  release();
  await Promise.allSettled([first, second, third]);
  equal([done, outbox.idle], [['first', 'second', 'third'], true]);
});
