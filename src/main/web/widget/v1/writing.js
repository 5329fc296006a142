/** The writing side: the box under the heading and boxes below comments. */
import { Composer } from './composer.js';
import { Memory } from './memory.js';
import { Box, adopt } from './reading.js';
import english from './writing-words.js';
import styles from './writing-styles.js';

const prepared = new WeakMap();

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

/** Somebody came back: open what was being written, ask what became of one's own. */
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
  await lookAfter(thread, memory);
}

/** What became of them is asked by who has some. */
async function lookAfter(thread, memory) {
  const mine = Object.values(memory.read().own).some(({ page }) => page === thread.options.page);
  if (mine) await import('./own.js').then((own) => own.lookAfter(thread, memory), () => {});
}

function openQuietly(thread, view) {
  const focused = thread.element.getRootNode().activeElement;
  reply(thread, view);
  if (focused) focused.focus();
  else view.composer.text.blur();
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
  if (!published) lookAfter(thread, memory);
}
