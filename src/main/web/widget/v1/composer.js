/** The box in use: fields, draft, sending, and what comes back. */
import { Field, show, trap } from './fields.js';
import { Draft } from './memory.js';
import { post } from './posting.js';
import { Problem, h } from './reading.js';

const MARKS = { bold: 'B', italic: 'I', link: '↗', quote: '❞', code: '</>' };
const FIELDS = { '/author/name': 'name', '/author/email': 'email', '/author/url': 'url' };

export class Composer {
  /**
   * @param box the text field to grow around
   * @param parent the view that is replied to, or null
   * @param done called with the answer to a post, or with nothing when the writer turned away
   */
  constructor(thread, memory, box, parent, done) {
    Object.assign(this, { thread, memory, box, parent, done, words: thread.words, text: box.text });
    this.draft = new Draft(memory, thread.options.page, parent?.comment.id);
    this.#build(box.text.id, memory.read().author ?? {});
    this.#restore();
    this.text.addEventListener('input', () => this.#typed());
    box.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    box.element.addEventListener('keydown', (event) => this.#key(event));
  }

  #build(id, author) {
    const { words } = this;
    const { requireName } = this.thread.policy;
    const field = (name, attributes, hint) =>
      new Field(words, `${id}-${name}`, name, { name, autocomplete: name, value: author[name], ...attributes }, hint);
    this.fields = {
      name: field('name', { maxlength: 80, required: requireName }, requireName ? null : 'optional'),
      email: field('email', { type: 'email', maxlength: 254 }, 'emailHint'),
      url: field('url', { inputmode: 'url', maxlength: 500 }, 'optional'),
    };
    this.trap = trap();
    this.error = h('p', { id: id + '-error', class: 'error' });
    this.text.setAttribute('aria-describedby', this.error.id);
    this.counter = h('p', { class: 'counter' });
    this.remember = h('input', { type: 'checkbox', checked: 'name' in author });
    this.send = h('button', { class: 'send' }, words.node(this.parent ? 'sendReply' : 'send'));
    this.alert = h('p', { role: 'alert', class: 'alert' });
    const cancel =
      this.parent && words.button('cancel', () => this.done());
    this.box.element.append(
      this.error,
      this.counter,
      h('div', { class: 'tools', role: 'group' }, ...this.#tools()),
      h('div', { class: 'fields' }, ...Object.values(this.fields).map((f) => f.element)),
      this.trap.element,
      h('label', { class: 'remember' }, this.remember, ' ', words.node('remember')),
      this.alert,
      h('div', { class: 'actions' }, this.send, cancel),
    );
    this.box.element.classList.add('open');
  }

  /** Marks and preview; what they do is fetched when it is first done. */
  #tools() {
    const { words } = this;
    const use = (what, name) => import('./tools.js').then((tools) => tools[what](this, name));
    this.use = use;
    this.previewButton = words.button('preview', () => use('preview'), { 'aria-pressed': 'false' });
    const mark = ([name, sign]) => words.label(words.button(sign, () => use('mark', name), { class: name }), name);
    return [...Object.entries(MARKS).map(mark), this.previewButton];
  }

  #key(event) {
    const command = event.ctrlKey || event.metaKey;
    const mark = command && { b: 'bold', i: 'italic', k: 'link' }[event.key];
    if (mark) {
      event.preventDefault();
      this.use('mark', mark);
    } else if (command && event.key === 'Enter') this.#submit();
    else if (event.key === 'Escape' && this.parent) this.done();
  }

  /** What was typed before the box was ready wins over an older draft. */
  #restore() {
    if (this.text.value) return this.#typed();
    this.text.value = this.draft.read()?.text ?? '';
    this.#count();
  }

  #typed() {
    if (this.text.value || this.draft.read()?.sent) this.draft.write({ text: this.text.value, later: undefined });
    else this.draft.forget();
    show(this.text, this.error, '');
    this.#count();
  }

  #count() {
    const left = this.thread.policy.maxLength - [...this.text.value].length;
    const near = left < 500;
    this.counter.textContent = near ? this.words.text(left < 0 ? 'tooLong' : 'left', { n: Math.abs(left) }) : '';
    this.counter.classList.toggle('over', left < 0);
  }

  async #submit() {
    if (!this.sending && !this.#complain(this.#check())) await this.#post(this.#content());
  }

  /** The comment stands where it will stand while it travels; if it fails, the text is back in the box. */
  async #post(content) {
    const { thread, draft, box } = this;
    const { count } = thread;
    this.sending = thread.insert(standIn(content, this.parent), true);
    box.element.hidden = true;
    this.alert.textContent = '';
    this.sending?.show();
    try {
      const answer = await post(thread, draft, content, {
        commenterKey: this.memory.commenterKey(),
        trap: this.trap.input.value,
        elapsedMs: Math.max(0, Date.now() - (draft.read().since ?? Date.now())),
      });
      this.#landed();
      this.memory.change((memory) => (memory.author = this.remember.checked ? content.author : undefined));
      if (answer.earlier) {
        draft.write({ sent: undefined, key: undefined, later: undefined });
        this.alert.textContent = this.words.text('earlier');
      } else {
        draft.forget();
        this.text.value = '';
        this.#count();
      }
      this.done({ ...answer, count });
    } catch (problem) {
      this.#landed();
      await this.#failed(problem, content);
    }
  }

  #landed() {
    if (this.sending) this.thread.remove(this.sending);
    this.sending = null;
    this.box.element.hidden = false;
  }

  /** Sends what could not be sent once the network is back, be it on another visit. */
  sendLater(content) {
    this.alert.textContent = this.words.text('later');
    this.draft.write({ later: true });
    const send = () => this.#post(content);
    if (navigator.onLine) send();
    else addEventListener('online', send, { once: true, signal: this.thread.signal });
  }

  /** The reader pressed "Post" on an earlier visit, and was told that it will be sent. */
  sendWaiting() {
    const { later, sent } = this.draft.read() ?? {};
    if (later && sent && !this.sending) this.sendLater(sent);
  }

  #content() {
    const { options } = this.thread;
    const { name, email, url } = this.fields;
    const web = url.input.value.trim();
    const author = {
      name: name.input.value.trim() || undefined,
      email: email.input.value.trim() || undefined,
      url: web && !/^[a-z][a-z0-9+.-]*:/i.test(web) ? 'https://' + web : web || undefined,
    };
    return {
      page: { key: options.page, url: options.url, ...about(options) },
      parentId: this.parent?.comment.id,
      author,
      body: this.text.value,
    };
  }

  /** What can be seen without asking, as the service would say it. */
  #check() {
    const errors = [];
    if (!this.text.value.trim()) errors.push({ pointer: '/body', code: 'required' });
    const { name, email } = this.fields;
    if (name.input.required && !name.input.value.trim()) errors.push({ pointer: '/author/name', code: 'required' });
    if (email.input.validity.typeMismatch) errors.push({ pointer: '/author/email', code: 'malformed' });
    return errors;
  }

  /** Puts each problem next to its field and the focus into the first; whether there were any. */
  #complain(errors) {
    const said = ({ pointer, code, detail }) =>
      [`${pointer} ${code}`, code].map((key) => this.words.find(key)).find(Boolean) ?? detail;
    show(this.text, this.error, '');
    for (const field of Object.values(this.fields)) field.problem('');
    const elsewhere = [];
    for (const error of errors) {
      if (error.pointer === '/body') show(this.text, this.error, said(error));
      else if (FIELDS[error.pointer]) this.fields[FIELDS[error.pointer]].problem(said(error));
      else elsewhere.push(said(error) ?? error.code);
    }
    this.alert.textContent = elsewhere.join(' ');
    this.box.element.querySelector('[aria-invalid]')?.focus();
    return errors.length > 0;
  }

  /** The site is wary of the words: change them, or send the same under the same key. */
  #nudged(content, nudge) {
    const { words, text } = this;
    const change = words.button('change', () => {
      this.alert.textContent = '';
      text.focus();
    });
    const anyway = words.button('anyway', () => this.#post(content));
    this.alert.replaceChildren(words.node('nudge', { found: nudge.map(({ found }) => found).join(', ') }), ' ', change, ' ', anyway);
    change.focus();
  }

  async #failed(problem, content) {
    if (!(problem instanceof Problem)) throw problem;
    const { status, slug, errors, retryAfter, body } = problem;
    this.thread.tell('error', { status, slug });
    if (status) await import('./troubles.js').then((troubles) => this.words.add(troubles.default), () => {});
    if (slug === 'nudge') return this.#nudged(content, body.nudge);
    if (this.#complain(errors)) return;
    this.send.focus();
    if (slug === 'no-answer' && !navigator.onLine) return this.sendLater(content);
    this.alert.textContent =
      this.words.find(slug, { n: retryAfter || 10 }) ?? (status < 500 && body.detail) ?? this.words.text('no-answer');
  }
}

/** What is shown until the service has answered. */
function standIn({ author, body }, parent) {
  const { id, rootId } = parent?.comment ?? {};
  const createdAt = new Date().toISOString();
  return { id: 'sending-' + id, parentId: id, rootId, author, source: body, status: 'sending', createdAt };
}

/** The page's title and date, where it says them. */
function about({ title, published }) {
  const meta = (property) =>
    Document.prototype.querySelector.call(document, `meta[property="${property}"]`)?.content;
  const said = published ?? meta('article:published_time') ?? linkedDate();
  const date = said ? new Date(said) : NaN;
  return {
    title: [...(title || meta('og:title') || heading() || '')].slice(0, 300).join('').trim() || undefined,
    publishedAt: isNaN(date) ? undefined : date.toISOString(),
  };
}

/** JSON-LD's "datePublished", wherever it stands. */
function linkedDate() {
  const data = Document.prototype.querySelectorAll.call(document, 'script[type="application/ld+json"]');
  return /"datePublished"\s*:\s*"([^"]+)"/.exec([...data].map((one) => one.text).join())?.[1];
}

function heading() {
  return Document.prototype.querySelector.call(document, 'head > title')?.text;
}
