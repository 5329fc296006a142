/** One comment as drawn: an article in a list, with a list of replies. */
import { avatar } from './avatar.js';
import { h, showHtml } from './dom.js';
import { time } from './time.js';

const WEB = /^https?:\/\//i;

export class Comment {
  /** @param parent the view this replies to, or null for a root */
  constructor(thread, comment, parent) {
    this.thread = thread;
    this.comment = comment;
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    this.size = 0;
    this.replies = h('ol', { class: 'replies', id: 'replies-' + comment.id });
    this.article = h('article', { id: 'comment-' + comment.id, tabindex: -1, class: 'comment' });
    this.element = h('li', {}, this.article, this.replies);
    this.element.view = this;
    this.draw();
  }

  get name() {
    return this.comment.author?.name || this.thread.words.text('anonymous');
  }

  /** Where replies to this go: below it, or beside it once the site's depth is reached. */
  get home() {
    return this.depth < this.thread.policy.maxDepth ? this.replies : this.parent.home;
  }

  /** Nothing for nothing: a row of zeros says less. */
  get scoreText() {
    return this.comment.score ? this.thread.words.number.format(this.comment.score) : '';
  }

  draw() {
    const removed = this.comment.status === 'deleted';
    this.article.className = this.comment.status;
    // Somebody may be writing below it meanwhile.
    const kept = [this.row, this.composer?.box.element];
    for (const part of [...this.article.childNodes]) if (!kept.includes(part)) part.remove();
    this.article.prepend(...(removed ? [this.#note('removed'), h('footer')] : this.#whole()));
    this.drawFold();
  }

  /** Brings the comment into view, marks it and moves the focus to it. */
  show() {
    for (let above = this.parent; above; above = above.parent) above.fold(false);
    this.article.focus({ preventScroll: true });
    this.article.classList.add('shown');
    // What was never on the screen has a guessed height until it comes near: a few frames find the place.
    let frames = 5;
    const go = () => {
      this.article.scrollIntoView({ block: 'center' });
      if (frames--) requestAnimationFrame(go);
    };
    go();
  }

  /** Puts a reply among the others by its time; where the gap between two pages is filled, it is not the last. */
  place(view) {
    const later = (item) => item?.view && item.view.comment.createdAt > view.comment.createdAt;
    let before = null;
    for (let last = this.home.lastElementChild; later(last); last = last.previousElementSibling) before = last;
    this.home.insertBefore(view.element, before);
    this.grow(1);
  }

  /** Counts replies that came or went, here and above. */
  grow(n) {
    for (let view = this; view; view = view.parent) {
      view.size += n;
      view.drawFold();
    }
  }

  fold(folded) {
    this.replies.hidden = folded;
    this.drawFold();
  }

  /** The button that folds the replies away, once there are any. */
  drawFold() {
    const { words } = this.thread;
    const n = this.size;
    if (!n) return this.folder?.remove();
    const folded = this.replies.hidden;
    this.folder ??= words.button('fold', () => this.fold(!this.replies.hidden), { class: 'fold' }, { n });
    this.folder.setAttribute('aria-expanded', !folded);
    this.folder.setAttribute('aria-controls', this.replies.id);
    this.folder.replaceChildren(words.node(folded ? 'unfold' : 'fold', { n }));
    this.article.querySelector('footer')?.append(this.folder);
  }

  #note(key) {
    return h('p', { class: 'note' }, this.thread.words.node(key));
  }

  #whole() {
    const body = h('div', { class: 'body', dir: 'auto' });
    if (this.comment.html == null) body.textContent = this.comment.source;
    else showHtml(body, this.comment.html);
    this.thread.colour(body);
    return [avatar(this.name), this.#header(), body, this.#footer()];
  }

  #header() {
    const { words, options } = this.thread;
    const { author, createdAt, editedAt, pinned, status, id } = this.comment;
    const level = Math.min(6, options.level + (this.parent ? 2 : 1));
    const name = h('bdi', {}, this.name);
    const link = WEB.test(author?.url ?? '') && { href: author.url, rel: 'nofollow ugc noopener noreferrer' };
    const beside = this.parent && this.parent.home !== this.parent.replies;
    const aside = (key, values) => h('span', { class: 'when' }, words.node(key, values));
    const badge = (key, kind = 'badge') => h('span', { class: kind }, words.node(key));
    return h(
      'header',
      {},
      h('h' + level, { class: 'author' }, link ? h('a', link, name) : name),
      author?.badge && badge('staff'),
      pinned && badge('pinned'),
      h('a', { class: 'when', href: '#comment-' + id }, time(createdAt, words.lang)),
      editedAt && aside('edited'),
      beside && aside('inReplyTo', { name: this.parent.name }),
      status === 'pending' && badge('pending', 'badge held'),
    );
  }

  #footer() {
    const { thread } = this;
    const { words } = thread;
    const { status } = this.comment;
    if (status === 'sending') return this.#note('sending');
    const { name } = this;
    this.menu = words.button('moreActions', () => thread.act('menu', this), { class: 'menu', 'aria-expanded': 'false' });
    words.label(this.menu, 'actionsFor', { name });
    if (status !== 'published') return h('footer', {}, this.#note('pendingNote'), this.menu);
    this.replyButton = thread.open && words.label(words.button('reply', () => thread.reply(this)), 'replyTo', { name });
    return h('footer', {}, this.replyButton, this.#votes(), this.menu);
  }

  #votes() {
    const { words } = this.thread;
    const vote = (value, sign, key) => {
      const act = () => this.thread.act('vote', this, value);
      const attributes = { 'data-vote': value, 'aria-pressed': 'false' };
      return words.label(words.button(sign, act, attributes), key, { name: this.name });
    };
    this.score = h('span', { class: 'score' }, this.scoreText);
    return h('span', { class: 'votes' }, vote(1, '▲', 'up'), this.score, vote(-1, '▼', 'down'));
  }
}
