/** The box in use: fields, draft, sending, and what comes back. */
import { Field, show, trap } from './fields.js';
import { Draft } from './memory.js';
import { post } from './posting.js';
import { h } from './reading.js';

const FIELDS = { '/author/name': 'name', '/author/email': 'email', '/author/url': 'url' };

export class Composer {
  #sending = false;

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
    box.element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#submit();
      if (event.key === 'Escape' && parent) this.done();
    });
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
    this.error = h('p', { id: id + '-error', class: 'error', part: 'error' });
    this.text.setAttribute('aria-describedby', this.error.id);
    this.counter = h('p', { class: 'counter' });
    this.remember = h('input', { type: 'checkbox', checked: 'name' in author });
    this.send = h('button', { class: 'send', part: 'send' }, words.node(this.parent ? 'sendReply' : 'send'));
    this.alert = h('p', { role: 'alert', class: 'alert' });
    const cancel =
      this.parent && h('button', { type: 'button', onclick: () => this.done() }, words.node('cancel'));
    this.box.element.append(
      this.error,
      this.counter,
      h('div', { class: 'fields' }, ...Object.values(this.fields).map((f) => f.element)),
      this.trap.element,
      h('label', { class: 'remember' }, this.remember, ' ', words.node('remember')),
      this.alert,
      h('div', { class: 'actions' }, this.send, cancel, h('p', { class: 'hint' }, words.node('markdown'))),
    );
    this.box.element.classList.add('open');
  }

  /** What was typed before the box was ready wins over an older draft. */
  #restore() {
    if (this.text.value) return this.#typed();
    this.text.value = this.draft.read()?.text ?? '';
    this.#count();
  }

  #typed() {
    if (this.text.value || this.draft.read()?.sent) this.draft.write({ text: this.text.value });
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
    if (this.#sending || this.#complain(this.#check())) return;
    this.#busy(true);
    try {
      const { words } = this;
      const content = this.#content();
      const answer = await post(this.thread, this.draft, content, {
        commenterKey: this.memory.commenterKey(),
        trap: this.trap.input.value,
        elapsedMs: Math.max(0, Date.now() - (this.draft.read().since ?? Date.now())),
      });
      this.#busy(false);
      this.memory.change((memory) => (memory.author = this.remember.checked ? content.author : undefined));
      if (answer.earlier) {
        this.draft.write({ sent: undefined, key: undefined });
        this.alert.textContent = words.text('earlier');
      } else {
        this.draft.forget();
        this.text.value = '';
        this.#count();
      }
      this.done(answer);
    } catch (problem) {
      this.#busy(false);
      this.#failed(problem);
    }
  }

  #busy(busy) {
    this.#sending = busy;
    this.text.readOnly = busy;
    this.send.setAttribute('aria-disabled', busy);
    this.send.replaceChildren(this.words.node(busy ? 'sending' : this.parent ? 'sendReply' : 'send'));
    if (busy) this.alert.textContent = '';
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

  #failed(problem) {
    const { words } = this;
    this.thread.tell('error', { status: problem.status, slug: problem.slug });
    if (this.#complain(problem.errors ?? [])) return;
    const own = words.find(problem.slug);
    if (own) this.alert.textContent = own;
    else if (problem.slug === 'no-answer') this.alert.textContent = words.text(navigator.onLine ? 'kept' : 'keptOffline');
    else if (problem.status === 429) this.alert.textContent = words.text('keptWait', { n: problem.retryAfter || 10 });
    else if (problem.status === 503) this.alert.textContent = words.text('kept503');
    else this.alert.textContent = words.text('kept');
    this.send.focus();
  }
}

/** The page's title and date, where it says them. */
function about({ title, published }) {
  const meta = (property) =>
    Document.prototype.querySelector.call(document, `meta[property="${property}"]`)?.content;
  const said = published ?? meta('article:published_time');
  const date = said ? new Date(said) : NaN;
  return {
    title: [...(title || meta('og:title') || heading() || '')].slice(0, 300).join('').trim() || undefined,
    publishedAt: isNaN(date) ? undefined : date.toISOString(),
  };
}

function heading() {
  return Document.prototype.querySelector.call(document, 'head > title')?.text;
}
