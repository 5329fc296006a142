/** What became of one's own comments, for who has some on this page: only their owner tokens open them. */
import english from './own-words.js';
import { Problem, call, h } from './reading.js';

const ASK_EVERY = 30_000;
const ASK_TIMES = 20;
/** Of those that were public, the newest are looked after, once a day. */
const MOST_MISSED = 10;
const DAY = 24 * 3600 * 1000;
/** Not public, and reasons are given: shown again every time. `refused` never was public. */
const REASONED = ['refused', 'down'];

const asking = new WeakSet();

/** Asks now, on return to the tab, and every half a minute for ten minutes. */
export async function lookAfter(thread, memory) {
  thread.words.add(english);
  await askAll(thread, memory);
  await askMissed(thread, memory);
  if (asking.has(thread)) return;
  asking.add(thread);
  const { signal } = thread;
  let times = ASK_TIMES;
  const ask = () => document.hidden || askAll(thread, memory);
  const timer = setInterval(() => (times-- > 0 ? ask() : clearInterval(timer)), ASK_EVERY);
  signal.addEventListener('abort', () => clearInterval(timer));
  document.addEventListener('visibilitychange', ask, { signal });
}

async function askAll(thread, memory) {
  for (const [id] of mine(thread, memory, ({ status }) => status === 'pending')) await ask(thread, memory, id);
}

/** What was public and is not here: on a later page, or taken down since. */
async function askMissed(thread, memory) {
  const due = ({ status, asked = 0 }) => REASONED.includes(status) || (status === 'published' && Date.now() - asked > DAY);
  const missed = mine(thread, memory, due).filter(([id]) => !isShown(thread.find(id)));
  for (const [id] of missed.slice(-MOST_MISSED)) await ask(thread, memory, id);
}

function isShown(view) {
  return view && view.comment.status !== 'deleted';
}

function mine(thread, memory, isMeant) {
  const { page } = thread.options;
  return Object.entries(memory.read().own).filter(([, own]) => own.page === page && isMeant(own));
}

async function ask(thread, memory, id) {
  const { token, status: before } = memory.read().own[id] ?? {};
  try {
    const { body } = await call(thread.siteAddress('comments/' + id), {
      headers: { Authorization: 'Bearer ' + token },
      signal: thread.signal,
    });
    const { comment } = body;
    if (comment.status === 'pending') {
      if (!thread.find(id)) thread.insert(comment, true);
      return;
    }
    const wasPublic = before === 'published' || before === 'down';
    const status = comment.statement ? REASONED[Number(wasPublic)] : comment.status;
    memory.change(({ own }) => own[id] && Object.assign(own[id], { status, asked: Date.now() }));
    if (comment.status !== 'published') return notPublished(thread, comment, wasPublic);
    if (before !== 'pending') return;
    const isNew = thread.find(id)?.comment.status === 'pending';
    if (thread.insert(comment, true) && isNew) thread.countBy(1);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 404 || problem.status === 401) memory.change(({ own }) => delete own[id]);
  }
}

/** Its author alone sees it, with what is said about it; what was withdrawn is not shown again. */
function notPublished(thread, { statement, ...comment }, wasPublic) {
  if (wasPublic && !statement) return;
  const { words } = thread;
  const view = thread.insert({ ...comment, status: 'pending' }, true);
  const note = view?.article.querySelector('.note');
  if (!note) return;
  view.article.querySelector('.held')?.remove();
  note.replaceChildren(words.node(wasPublic ? 'takenDown' : 'notPublished'));
  if (!statement) return;
  note.append(' ', h('a', { href: statement.url, target: '_blank', rel: 'noopener noreferrer' }, words.node('reasons')));
}
