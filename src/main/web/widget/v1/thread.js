/** All comments of one page, as read. */
import { threadAddress } from './address.js';
import { Box } from './box.js';
import { Comment } from './comment.js';
import { h, pause } from './dom.js';
import { follow, offerMore, offerReplies, sorter } from './paging.js';
import english from './reading-words.js';
import { keepTheme } from './theme.js';
import { keepTrue } from './time.js';
import { Words } from './words.js';

/** How long drawing may hold up the page at a time, in milliseconds. */
const TURN = 8;

export class Thread {
  #views = new Map();
  #writing = null;

  /** When the newest comment that is drawn was written. */
  seen = '';

  constructor(host, options, signal) {
    this.host = host;
    this.options = options;
    this.signal = signal;
    this.words = new Words(options.lang);
    this.words.add(english);
    this.status = h('p', { role: 'status', class: 'unseen' });
    this.alert = h('p', { role: 'alert', class: 'alert' });
    this.main = h('div', {}, h('p', { class: 'loading' }, this.words.node('loading')));
    this.element = h(
      'section',
      { class: 'afterword translating', lang: this.words.lang, dir: this.words.right ? 'rtl' : 'ltr' },
      this.main,
      this.alert,
      this.status,
    );
    keepTheme(host, this.element, options.theme, signal);
    keepTrue(this.element, this.words.lang, signal);
    addEventListener('hashchange', () => this.followHash(), { signal });
  }

  /**
   * A comment that nobody sees. What a browser does for the first time, with languages, code and type, takes
   * a slow device long: here in small parts, and while the thread travels.
   */
  async rehearse() {
    for (const kind of ['Collator', 'RelativeTimeFormat']) {
      await pause();
      Intl[kind].supportedLocalesOf(this.words.lang);
    }
    await pause();
    const { article } = new Comment(this, { status: 'published', source: '', createdAt: 0 });
    const parts = [...article.children];
    article.replaceChildren();
    this.main.append(h('div', { class: 'unseen', 'aria-hidden': 'true', inert: '' }, article));
    for (const part of parts) {
      if (!document.hidden) await new Promise(requestAnimationFrame);
      await pause();
      article.append(part);
    }
  }

  address(more) {
    return threadAddress(this.options, more);
  }

  /** An address below this site, such as "comments". */
  siteAddress(path) {
    return `${this.options.api}sites/${encodeURIComponent(this.options.site)}/${path}`;
  }

  /** Done when all are drawn. */
  async draw({ thread, policy, comments, next }) {
    this.policy = { maxDepth: 6, ...policy };
    this.open = thread.open;
    this.count = thread.count;
    this.version = thread.version && { after: thread.version };
    this.heading = h('h' + this.options.level, { id: 'heading', class: 'heading' });
    this.list = h('ol', { class: 'roots' });
    this.more = h('div', {});
    this.above = h('div', {});
    this.news = h('div', {});
    this.alert.textContent = '';
    this.main.replaceChildren(this.#header(), this.#box(), this.above, this.news, this.list, this.more);
    this.element.setAttribute('aria-labelledby', 'heading');
    this.countBy(0);
    await pause();
    const filled = this.#fill(comments, next);
    this.#translate();
    await filled;
    if (this.signal.aborted) return;
    this.followHash();
    this.#whenSeen(() => import('./live.js').then(({ live }) => live(this), () => {}));
    if (remembers(this.options)) this.#write((writing) => writing.resume(this));
    this.tell('ready', { count: this.count });
  }

  #whenSeen(then) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      then();
    });
    observer.observe(this.element);
    this.signal.addEventListener('abort', () => observer.disconnect());
  }

  /** The first comments are drawn before the reader's language is asked for; until then what is ours to say stays unseen. */
  async #translate() {
    await this.words.load();
    this.element.classList.remove('translating');
  }

  /** Shows the same comments in another order, the box left as it is. */
  async drawAgain({ comments, next }) {
    this.#views.clear();
    const before = this.list;
    this.list = h('ol', { class: 'roots' });
    before.replaceWith(this.list);
    await this.#fill(comments, next);
    if (this.#writing) this.#write((writing) => writing.resume(this));
  }

  async #fill(comments, next) {
    await (this.drawn = this.roots(comments));
    offerMore(this, next);
  }

  /**
   * Draws roots with the first of their replies, in turns short enough for whoever scrolls or types meanwhile.
   *
   * @returns {Promise<Comment[]>} the roots' views; none if the thread was drawn anew meanwhile
   */
  async roots(comments) {
    const { list } = this;
    const views = [];
    let turn = performance.now();
    for (const root of comments) {
      let view;
      for (const comment of [root, ...(root.replies ?? [])]) {
        if (performance.now() - turn > TURN) {
          await pause();
          if (this.signal.aborted || list !== this.list) return [];
          turn = performance.now();
        }
        const drawn = this.insert(comment);
        view ??= drawn;
      }
      offerReplies(this, view, root.nextReplies);
      views.push(view);
    }
    return views;
  }

  /** Shows what went wrong; done when the reader wants to try again. */
  failed({ status, slug }) {
    const reason = slug === 'no-answer' && !navigator.onLine ? 'offline' : status === 404 ? 'unknownSite' : 'failed';
    this.tell('error', { status, slug });
    return new Promise((again) => {
      const said = h('p', {}, this.words.node(reason));
      this.main.replaceChildren(h('div', { class: 'failed' }, said, this.words.button('retry', again)));
      this.alert.textContent = '';
    });
  }

  find(id) {
    return this.#views.get(id);
  }

  /** Draws one comment where it belongs; a reply whose parent is not loaded waits for its page. */
  insert(comment, atTop = false) {
    const present = this.find(comment.id);
    if (present) {
      const { version, status } = present.comment;
      present.comment = { ...present.comment, ...comment };
      if (comment.version !== version || comment.status !== status) present.draw();
      return present;
    }
    const parent = comment.parentId ? (this.find(comment.parentId) ?? this.find(comment.rootId)) : null;
    if (comment.parentId && !parent) return null;
    const view = new Comment(this, comment, parent);
    this.#views.set(comment.id, view);
    if (comment.createdAt > this.seen) this.seen = comment.createdAt;
    if (parent) parent.place(view);
    else if (atTop) this.list.prepend(view.element);
    else this.list.append(view.element);
    return view;
  }

  remove(view) {
    this.#views.delete(view.comment.id);
    view.element.remove();
    view.parent?.grow(-1);
  }

  countBy(n) {
    this.count += n;
    this.heading.replaceChildren(this.words.node('comments', { n: this.count }));
    this.tell('count', { page: this.options.page, count: this.count });
  }

  announce(text) {
    this.status.textContent = text;
  }

  /** An event on the element, for the page. */
  tell(name, detail) {
    this.host.dispatchEvent(new CustomEvent('afterword:' + name, { bubbles: true, composed: true, detail }));
  }

  reply(view) {
    this.#write((writing) => writing.reply(this, view));
  }

  /** What a reader may do with a comment besides: menu, vote. */
  async act(what, view, ...more) {
    try {
      (await import('./actions.js'))[what](this, view, ...more);
    } catch (error) {
      this.#broken(error);
    }
  }

  /** Colours for code, fetched where there is code. */
  colour(body) {
    if (body.querySelector('pre')) import('./code.js').then(({ colour }) => colour(this, body), () => {});
  }

  /** Follows #comment-<id> in the page's address, once all that came is drawn. */
  async followHash() {
    await this.drawn;
    const [, id] = /^#comment-([a-z0-9]+)$/.exec(location.hash) ?? [];
    if (id) follow(this, id);
  }

  #header() {
    const label = h('label', { for: 'text', class: 'post' }, this.words.node('post'));
    const colon = h('span', { class: 'colon' }, this.words.node('colon'));
    return h('header', { class: 'top' }, this.heading, this.open && colon, this.open && label, this.count > 1 && sorter(this));
  }

  #box() {
    if (!this.open) return h('p', { class: 'note closed' }, this.words.node('closed'));
    this.box = new Box(this.words, 'text');
    const begin = () => this.#write((writing) => writing.begin(this));
    this.box.text.addEventListener('focus', begin, { once: true });
    return this.box.element;
  }

  async #write(then) {
    try {
      this.#writing ??= import('./writing.js');
      then(await this.#writing);
    } catch (error) {
      this.#writing = null;
      this.#broken(error);
    }
  }

  #broken(error) {
    console.error('afterword:', error);
    this.alert.textContent = this.words.text('broken');
  }
}

/** Whether this browser has written here before: a draft, a held comment. Only looks, never stores. */
function remembers({ api, site }) {
  try {
    return localStorage.getItem(`afterword:${new URL(api).host}:${site}`) !== null;
  } catch {
    return false;
  }
}
