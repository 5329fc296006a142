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
    this.replies = h('ol', { class: 'replies', part: 'replies' });
    this.article = h('article', { id: 'comment-' + comment.id, tabindex: -1, part: 'comment' });
    this.element = h('li', {}, this.article, this.replies);
    this.draw();
  }

  get name() {
    return this.comment.author?.name || this.thread.words.text('anonymous');
  }

  /** Where replies to this go: below it, or beside it once the site's depth is reached. */
  get home() {
    return this.depth < this.thread.policy.maxDepth ? this.replies : this.parent.home;
  }

  draw() {
    const removed = this.comment.status === 'deleted' || !this.comment.html;
    this.article.className = removed ? 'removed' : this.comment.status;
    this.article.replaceChildren(...(removed ? this.#tombstone() : this.#whole()));
  }

  /** Brings the comment into view, marks it and moves the focus to it. */
  show() {
    this.article.scrollIntoView({ block: 'center' });
    this.article.focus({ preventScroll: true });
    this.article.classList.add('shown');
  }

  #tombstone() {
    return [h('p', { class: 'note' }, this.thread.words.node('removed'))];
  }

  #whole() {
    const body = h('div', { class: 'body', part: 'body', dir: 'auto' });
    showHtml(body, this.comment.html);
    return [avatar(this.name), this.#header(), body, this.#footer()].filter(Boolean);
  }

  #header() {
    const { words, options } = this.thread;
    const { author, createdAt, editedAt, pinned, status, id } = this.comment;
    const level = Math.min(6, options.level + (this.parent ? 2 : 1));
    const name = h('bdi', {}, this.name);
    const link = WEB.test(author?.url ?? '') && { href: author.url, rel: 'nofollow ugc noopener noreferrer' };
    const heading = h('h' + level, { class: 'author', part: 'author' }, link ? h('a', link, name) : name);
    const beside = this.parent && this.parent.home !== this.parent.replies;
    return h(
      'header',
      {},
      heading,
      author?.badge && h('span', { class: 'badge', part: 'badge' }, words.node('staff')),
      pinned && h('span', { class: 'badge', part: 'badge' }, words.node('pinned')),
      h('a', { class: 'when', href: '#comment-' + id }, time(createdAt, words.lang)),
      editedAt && h('span', { class: 'when' }, words.node('edited')),
      beside && h('span', { class: 'when' }, words.node('inReplyTo', { name: this.parent.name })),
      status === 'pending' && h('span', { class: 'badge held', part: 'held' }, words.node('pending')),
    );
  }

  #footer() {
    const { words, open } = this.thread;
    if (this.comment.status === 'pending') return h('p', { class: 'note' }, words.node('pendingNote'));
    if (!open) return null;
    const reply = h('button', { type: 'button', onclick: () => this.thread.reply(this) }, words.node('reply'));
    words.attribute(reply, 'aria-label', 'replyTo', { name: this.name });
    return h('footer', {}, (this.replyButton = reply));
  }
}
