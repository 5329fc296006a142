/** The rest of a thread: more roots, more replies, another order, one comment far down. */
import { call } from './api.js';
import { h, pause } from './dom.js';

const ORDERS = ['newest', 'oldest', 'best'];

/** The choice of order. */
export function sorter(thread) {
  const { options, words } = thread;
  const choices = ORDERS.map((order) =>
    h('option', { value: order, selected: order === options.order }, words.node(order)),
  );
  const select = h('select', { class: 'sort' }, ...choices);
  select.addEventListener('change', () => {
    options.order = select.value;
    startOver(thread);
  });
  return words.label(select, 'sort');
}

/** A button for the next roots, while there are any. */
export function offerMore(thread, next) {
  offer(thread, thread.more, next && 'more', async () => {
    const body = await ask(thread, thread.address({ after: next }));
    if (!body) return;
    const views = await thread.roots(unseen(thread, body.comments));
    offerMore(thread, body.next);
    arrived(thread, views);
  });
}

/** A button for the next replies of a root, while there are any. */
export function offerReplies(thread, root, next) {
  if (!next && !root.more) return;
  if (!root.more) root.element.append((root.more = h('div', {})));
  offer(thread, root.more, next && 'moreReplies', async () => {
    const path = `comments/${root.comment.id}/replies?${new URLSearchParams({ after: next })}`;
    const body = await ask(thread, thread.siteAddress(path));
    if (!body) return;
    const views = unseen(thread, body.replies).map((comment) => thread.insert(comment));
    offerReplies(thread, root, body.nextReplies);
    arrived(thread, views.filter(Boolean));
  });
}

/** Shows the comment that the page's address names; one that is further down costs a second request. */
export async function follow(thread, id) {
  if (!thread.find(id)) {
    const body = await ask(thread, thread.address({ around: id }));
    if (!body?.comments.some((root) => root.id === id || root.replies.some((reply) => reply.id === id))) return;
    await thread.drawAgain(body);
    offer(thread, thread.above, 'all', () => startOver(thread));
  }
  thread.find(id)?.show();
}

async function startOver(thread) {
  const body = await ask(thread, thread.address());
  if (!body) return;
  offer(thread, thread.above);
  await thread.drawAgain(body);
  thread.announce(thread.words.text('loaded', { n: body.comments.length }));
}

/** The focus goes on where the button was. */
async function arrived(thread, views) {
  thread.announce(thread.words.text('loaded', { n: views.length }));
  await pause();
  views[0]?.article.focus({ preventScroll: true });
}

function unseen(thread, comments) {
  return comments.filter(({ id }) => !thread.find(id));
}

/** A button in its place, or none. */
export function offer(thread, place, key, act, values) {
  place.replaceChildren();
  if (!key) return;
  const run = async () => {
    button.disabled = true;
    await act();
    button.disabled = false;
  };
  const button = thread.words.button(key, run, { class: 'more' }, values);
  place.append(button);
}

/** The answer's body, or null when the reader has been told that there is none. */
async function ask(thread, address) {
  thread.alert.textContent = '';
  try {
    return (await call(address, { signal: thread.signal })).body;
  } catch {
    thread.alert.textContent = thread.words.text('failed');
    return null;
  }
}
