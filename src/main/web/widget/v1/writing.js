/** The writing side: the box under the heading, boxes below comments, and one's own held comments. */
import { Composer } from './composer.js';
import { Memory } from './memory.js';
import { Box, Problem, adopt, call } from './reading.js';
import english from './writing-words.js';
import styles from './writing-styles.js';

const prepared = new WeakMap();
const asking = new WeakSet();

/** Once per thread: words, styles and what the browser remembers. */
function prepare(thread) {
  if (prepared.has(thread)) return prepared.get(thread);
  thread.words.add(english);
  adopt(thread.element.getRootNode(), styles);
  const memory = new Memory(thread.options);
  prepared.set(thread, memory);
  return memory;
}

/** Somebody turned to the box. */
export function begin(thread) {
  const memory = prepare(thread);
  thread.composer ??= new Composer(thread, memory, thread.box, null, (answer) => arrived(thread, memory, answer));
}

/** Somebody wants to answer a comment. */
export function reply(thread, view) {
  const memory = prepare(thread);
  if (!view.composer) {
    const id = 'reply-' + view.comment.id;
    const box = new Box(thread.words, id);
    thread.words.label(box.text, 'replyTo', { name: view.name });
    view.composer = new Composer(thread, memory, box, view, (answer) => {
      if (!answer?.earlier) {
        box.element.remove();
        view.composer = null;
      }
      if (answer) arrived(thread, memory, answer);
      else view.replyButton.focus();
    });
    view.article.append(box.element);
  }
  view.composer.text.focus();
}

/** Somebody came back: open what was being written, ask about what was held. */
export async function resume(thread) {
  const memory = prepare(thread);
  const { drafts } = memory.read();
  const { page } = thread.options;
  for (const [name, draft] of Object.entries(drafts)) {
    if (!draft.text || !thread.open || !name.startsWith(page + ' ')) continue;
    const parent = name.slice(page.length + 1);
    if (!parent) begin(thread);
    else if (thread.find(parent)) openQuietly(thread, thread.find(parent));
    (parent ? thread.find(parent)?.composer : thread.composer)?.sendWaiting();
  }
  await askAll(thread, memory);
  keepAsking(thread, memory);
}

const ASK_EVERY = 30_000;
const ASK_TIMES = 20;

/** On return to the tab, and every half a minute for ten minutes. */
function keepAsking(thread, memory) {
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
  for (const [id, mine] of Object.entries(memory.read().own)) {
    if (mine.page === thread.options.page && mine.status === 'pending') await ask(thread, memory, id, mine.token);
  }
}

function openQuietly(thread, view) {
  const focused = thread.element.getRootNode().activeElement;
  reply(thread, view);
  if (focused) focused.focus();
  else view.composer.text.blur();
}

/** What became of one's own held comment; only its owner token opens it. */
async function ask(thread, memory, id, token) {
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
    memory.change(({ own }) => own[id] && (own[id].status = comment.status));
    if (comment.status === 'published') {
      const isNew = thread.find(id)?.comment.status === 'pending';
      if (thread.insert(comment, true) && isNew) thread.countBy(1);
    } else notPublished(thread, comment);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.status === 404 || problem.status === 401) memory.change(({ own }) => delete own[id]);
  }
}

function notPublished(thread, comment) {
  const view = thread.insert({ ...comment, status: 'pending' }, true);
  view?.article.querySelector('.note')?.replaceChildren(thread.words.node('notPublished'));
}

/** A post was answered: show it, keep its token, say how it went. */
function arrived(thread, memory, answer) {
  if (!answer) return;
  const { comment, ownerToken } = answer;
  memory.change(({ own }) => {
    own[comment.id] = { token: ownerToken, page: thread.options.page, status: comment.status, at: Date.now() };
  });
  const view = thread.insert(comment, true);
  const published = comment.status === 'published';
  // The stream may have counted it already.
  if (published) thread.countBy(Math.max(0, answer.count + 1 - thread.count));
  thread.announce(thread.words.text(published ? 'published' : 'held'));
  thread.tell(published ? 'posted' : 'held', { id: comment.id });
  view?.show();
  if (!published) keepAsking(thread, memory);
}
