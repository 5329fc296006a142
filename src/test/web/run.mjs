// For those who have node at hand: node src/test/web/run.mjs
const { results } = await import('./admin/all.js');
const outcomes = await results();
for (const { name, problem } of outcomes) if (problem) console.error(`✗ ${name}\n  ${problem}`);
console.log(`${outcomes.length} tests, ${outcomes.filter(({ problem }) => problem).length} failed`);
process.exitCode = outcomes.some(({ problem }) => problem) ? 1 : 0;
