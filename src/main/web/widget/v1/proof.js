/** Works out what the service asks for before it takes a post, and shows how far it is. */
import styles from './proof-styles.js';
import english from './proof-words.js';
import { adopt, h } from './reading.js';
import { search } from './search.js';

/** How long we may hold up the page at a time where it lets us have no worker, in milliseconds. */
const SLICE = 8;

/** Numbers between two looks at the clock, and between two messages of the worker. */
const GLANCE = 100;
const STEP = 20_000;

/** The proof for a challenge; never done where the reader has left meanwhile. */
export async function prove(thread, { salt, target, most, token }) {
  const { words, signal } = thread;
  words.add(english);
  adopt(thread.element.getRootNode(), styles);
  const bar = words.label(h('progress', { class: 'working', max: most, value: 0 }), 'working');
  const note = thread.element.querySelector('.sending .note');
  note?.replaceChildren(words.node('working'), ' ', bar);
  thread.announce(words.text('working'));
  const tell = (tried) => (bar.value = tried);
  const number = await inWorker([salt, target, most, STEP], tell, signal).catch(() =>
    inSlices(search(salt, target, most, GLANCE), tell, signal),
  );
  note?.replaceChildren(words.node('sending'));
  return { token, number };
}

/** In a worker made of the search's own source: no page lets us have one from our address. Fails where this is forbidden too. */
function inWorker(task, tell, signal) {
  const source = `onmessage = ({ data }) => {
    const tries = (${search})(...data);
    let next;
    while (!(next = tries.next()).done) postMessage({ tried: next.value });
    postMessage({ number: next.value });
  }`;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  let worker;
  return new Promise((found, fail) => {
    worker = new Worker(address);
    worker.onerror = (event) => {
      event.preventDefault();
      fail();
    };
    worker.onmessage = ({ data }) => ('number' in data ? found(data.number) : tell(data.tried));
    signal.addEventListener('abort', () => worker.terminate());
    worker.postMessage(task);
  }).finally(() => {
    worker?.terminate();
    URL.revokeObjectURL(address);
  });
}

/** A little at a time, and the page's own work in between. A timer would rest for a second in a tab that is not looked at. */
export async function inSlices(tries, tell, signal) {
  const { port1, port2 } = new MessageChannel();
  const rest = () =>
    new Promise((done) => {
      port1.onmessage = done;
      port2.postMessage(null);
    });
  for (let until = 0; !signal.aborted; ) {
    const next = tries.next();
    if (next.done) {
      port1.close();
      return next.value;
    }
    if (performance.now() < until) continue;
    tell(next.value);
    await rest();
    until = performance.now() + SLICE;
  }
  return new Promise(() => {});
}
