import { inSlices } from '../../../main/web/widget/v1/proof.js';
import { equal, test } from '../testing.js';

const SLICE = 8;

/** Runs with a clock that goes on by so much at each look of the search. */
async function atPace(milliseconds, run) {
  const { now } = performance;
  let time = 1_000;
  performance.now = () => time;
  function* tries(most) {
    for (let n = 1; n <= most; n++) {
      time += milliseconds;
      yield n;
    }
    return 'found';
  }
  try {
    return await run(tries);
  } finally {
    performance.now = now;
  }
}

test('it gives way to the page once its slice of time is over', async () => {
  await atPace(3, async (tries) => {
    const told = [];
    const others = [];
    const found = inSlices(tries(12), (n) => told.push(n), new AbortController().signal);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => others.push(told.at(-1));
    port2.postMessage(null);

    equal(await found, 'found');
    equal(told.every((n, i) => i === 0 || (n - told[i - 1]) * 3 < SLICE + 3), true);
    equal(told.length, 4);
    equal(others.length === 1 && others[0] < 12, true);
    port1.close();
  });
});

test('it stops when the reader leaves', async () => {
  await atPace(SLICE, async (tries) => {
    const leaving = new AbortController();
    const told = [];
    inSlices(tries(100), (n) => told.push(n) === 3 && leaving.abort(), leaving.signal);

    for (let turn = 0; turn < 1_000 && told.length < 3; turn++) await new Promise((done) => setTimeout(done, 10));
    await new Promise((done) => setTimeout(done, 20));

    equal(told, [1, 2, 3]);
  });
});
