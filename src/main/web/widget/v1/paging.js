/** The rest of a thread: more roots, more replies, another order. */
import { call } from './api.js';
import { h } from './dom.js';

const ORDERS = ['newest', 'oldest', 'best'];

/** The choice of order. */
export function sorter(thread) {
  const { options, words } = thread;
  const choices = ORDERS.map((order) =>
    h('option', { value: order, selected: order === options.order }, words.node(order)),
  );
  const select = h('select', { part: 'sort' }, ...choices);
  select.addEventListener('change', async () => {
    options.order = select.value;
    const body = await ask(thread, thread.address());
    if (!body) return;
    thread.drawAgain(body);
    thread.announce(words.text('loaded', { n: body.comments.length }));
  });
  return words.attribute(select, 'aria-label', 'sort');
}

/** A button for the next roots, while there are any. */
export function offerMore(thread, next) {
  thread.more.replaceChildren();
  if (!next) return;
  const more = button(thread, 'moreSome', {}, async () => {
    const body = await ask(thread, thread.address({ after: next }));
    if (!body) return;
    const views = unseen(thread, body.comments).map((comment) => thread.root(comment));
    offerMore(thread, body.next);
    arrived(thread, views);
  });
  thread.more.append(more);
}

/** A button for the next replies of a root, while there are any. */
export function offerReplies(thread, root, next) {
  root.more?.remove();
  if (!next) return;
  const left = root.comment.replyCount - root.replies.querySelectorAll('article').length;
  root.more = button(thread, left > 0 ? 'moreReplies' : 'moreRepliesSome', { n: left }, async () => {
    const path = `comments/${root.comment.id}/replies?${new URLSearchParams({ after: next })}`;
    const body = await ask(thread, thread.siteAddress(path));
    if (!body) return;
    const views = unseen(thread, body.replies).map((comment) => thread.insert(comment));
    offerReplies(thread, root, body.nextReplies);
    arrived(thread, views.filter(Boolean));
  });
  root.element.append(root.more);
}

/** The focus goes on where the button was. */
function arrived(thread, views) {
  thread.announce(thread.words.text('loaded', { n: views.length }));
  views[0]?.article.focus({ preventScroll: true });
}

function unseen(thread, comments) {
  return comments.filter(({ id }) => !thread.find(id));
}

function button(thread, key, values, act) {
  const element = h('button', { type: 'button', class: 'more', part: 'more' }, thread.words.node(key, values));
  element.addEventListener('click', async () => {
    element.disabled = true;
    await act();
    element.disabled = false;
  });
  return element;
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
