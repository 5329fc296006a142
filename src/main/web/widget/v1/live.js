/** What happens on the page meanwhile, while somebody looks at the comments. Nothing is ever put above the reader unasked. */
import { call, offer } from './reading.js';

/** When a refused stream is asked for again, in milliseconds. */
const AGAIN_AFTER = 30_000;

export function live(thread) {
  const { signal } = thread;
  const news = new Map();
  let source = null;
  let left = false;
  let soon;
  let after = thread.version;

  const announce = () => {
    for (const id of news.keys()) if (thread.find(id)) news.delete(id);
    const n = news.size;
    offer(thread, thread.news, n && 'news', show, { n });
    if (n) thread.announce(thread.words.text('news', { n }));
  };
  const show = () => {
    const views = [...news.values()].map((comment) => thread.insert(comment, true)).filter(Boolean);
    news.clear();
    announce();
    views[0]?.show();
  };
  const heard = {
    published: (comment) => {
      if (thread.find(comment.id)) return thread.insert(comment);
      // A reply to what is not loaded will come with its page.
      if (comment.parentId && !thread.find(comment.rootId)) return;
      news.set(comment.id, comment);
      // Our own post's answer may still be on its way; many at once are announced once.
      clearTimeout(soon);
      soon = setTimeout(announce, 1_500);
    },
    edited: (comment) => {
      if (news.has(comment.id)) news.set(comment.id, comment);
      else if (thread.find(comment.id)) thread.insert(comment);
    },
    removed: ({ id }) => {
      if (news.delete(id)) announce();
      else if (thread.find(id)) thread.insert({ id, status: 'deleted' });
    },
    count: ({ count }) => thread.countBy(count - thread.count),
    reload: () => catchUp(),
  };
  /** What the stream could not tell: whatever the newest page has and we have not. */
  const catchUp = async () => {
    const { body } = await call(thread.address({ order: 'newest' }), { signal }).catch(() => ({}));
    if (!body) return;
    const since = thread.seen;
    const all = body.comments.flatMap((root) => [root, ...(root.replies ?? [])]);
    for (const comment of all) if (comment.createdAt > since && !thread.find(comment.id)) news.set(comment.id, comment);
    heard.count(body.thread);
    announce();
  };
  const open = () => {
    if (source || document.hidden || signal.aborted) return;
    source = new EventSource(thread.siteAddress('live?' + new URLSearchParams({ page: thread.options.page, ...after })));
    after = {};
    source.addEventListener('error', ({ target }) => {
      // A broken stream comes back by itself, a refused one does not.
      if (target.readyState !== EventSource.CLOSED || target !== source) return;
      close();
      setTimeout(open, AGAIN_AFTER);
    });
    for (const [name, hear] of Object.entries(heard)) {
      source.addEventListener(name, ({ data }) => {
        const told = JSON.parse(data || '{}');
        hear(told.comment ?? told);
      });
    }
    // The stream's own memory is gone once it was closed.
    if (left) catchUp();
  };
  const close = () => {
    if (source) left = true;
    source?.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()), { signal });
  addEventListener('pagehide', close, { signal });
  addEventListener('pageshow', open, { signal });
  signal.addEventListener('abort', close);
  open();
}
