import { search } from '../../../main/web/widget/v1/search.js';
import { equal, test } from '../testing.js';

const SALT = '00112233445566778899aabbccddeeff';

/** As the browser says it, which may be asked on pages with TLS only. */
async function sha256(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function found(tries) {
  const seen = [];
  for (let next; ; seen.push(next.value)) if ((next = tries.next()).done) return { number: next.value, seen };
}

test('it finds the number, of however many digits, the first and the last', async () => {
  for (const number of [0, 9, 10, 99, 100, 4321, 100_000, 234_567]) {
    equal(found(search(SALT, await sha256(SALT + number), 234_567, 1e9)).number, number);
  }
});

test('it says how far it is, and when there is nothing to find', async () => {
  equal(found(search(SALT, await sha256('nothing like it'), 1_000, 300)), { number: -1, seen: [300, 600, 900] });
});

test('its source alone is enough to run it', async () => {
  const alone = new Function(`return ${search}`)();
  equal(found(alone(SALT, await sha256(SALT + 77), 100, 50)), { number: 77, seen: [50] });
});
