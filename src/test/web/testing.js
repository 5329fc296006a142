/** Just enough to test plain modules in any browser: test() notes one down, results() runs them all. */
const tests = [];

export function test(name, run) {
  tests.push({ name, run });
}

export function equal(actual, expected) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value, null, 1));
  if (is !== should) throw new Error(`expected ${should} but it is ${is}`);
}

export async function results() {
  const outcomes = [];
  for (const { name, run } of tests) {
    outcomes.push(await Promise.resolve().then(run).then(() => ({ name, problem: null }), (error) => ({ name, problem: String(error?.stack ?? error) })));
  }
  return outcomes;
}
