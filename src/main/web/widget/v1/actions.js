/** What a reader may do with a comment besides answering: vote, report, and with one's own edit and withdraw. */
import english from './actions-words.js';
import styles from './actions-styles.js';
import { Memory } from './memory.js';
import { Problem, adopt, call, h } from './reading.js';
import troubles from './troubles.js';

const REASONS = ['spam', 'abuse', 'off-topic', 'personal-data', 'illegal', 'other'];

/** Votes for or against; the same again takes the vote back. Shown at once, taken back if refused. */
export async function vote(thread, view, value) {
  const memory = prepare(thread);
  const { id } = view.comment;
  const before = memory.read().votes?.[id] ?? 0;
  const after = before === value ? 0 : value;
  show(view, before, after);
  try {
    const json = { value: after, commenterKey: memory.commenterKey() };
    const { body } = await call(thread.siteAddress(`comments/${id}/vote`), { method: 'PUT', json });
    memory.change((kept) => (kept.votes = { ...kept.votes, [id]: after }));
    if (body.score != null) write(view, body.score, after);
  } catch (problem) {
    show(view, after, before);
    complain(thread, view, problem);
  }
}

function show(view, before, after) {
  write(view, (view.comment.score ?? 0) + after - before, after);
}

function write(view, score, mine) {
  view.comment.score = score;
  view.score.textContent = view.scoreText;
  for (const button of view.article.querySelectorAll('[data-vote]')) {
    button.setAttribute('aria-pressed', String(Number(button.dataset.vote) === mine));
  }
}

/** Opens or closes the row of what else can be done. */
export function menu(thread, view) {
  const memory = prepare(thread);
  const { words } = thread;
  if (view.row) return close(view);
  const own = memory.read().own[view.comment.id];
  const left = editable(thread, view.comment);
  const row = h('div', { class: 'row', role: 'group' });
  words.label(row, 'actionsFor', { name: view.name });
  if (own && left > 0) row.append(words.button('edit', () => edit(thread, view, own, left), {}, { n: Math.ceil(left / 60) }));
  if (own) row.append(words.button('withdraw', () => confirm(thread, memory, view, own)));
  else row.append(words.button('report', () => report(thread, memory, view)));
  open(view, row);
  row.querySelector('button')?.focus();
}

function open(view, row) {
  view.row?.remove();
  view.row = row;
  view.menu.setAttribute('aria-expanded', 'true');
  row.addEventListener('keydown', (event) => event.key === 'Escape' && close(view));
  view.article.append(row);
}

function close(view) {
  view.row?.remove();
  view.row = null;
  view.menu.setAttribute('aria-expanded', 'false');
  view.menu.focus();
}

/** Seconds in which the author may still edit. */
function editable(thread, { createdAt }) {
  return (thread.policy.editWindowSeconds ?? 0) - (Date.now() - new Date(createdAt)) / 1000;
}

/** Own words in place of the comment until they are saved. */
async function edit(thread, view, own, left) {
  const { id } = view.comment;
  const address = thread.siteAddress('comments/' + id);
  const headers = { Authorization: 'Bearer ' + own.token };
  try {
    const { comment } = (await call(address, { headers })).body;
    const text = h('textarea', { id: 'edit-' + id, rows: 4, class: 'text', dir: 'auto' });
    thread.words.label(text, 'edit', { n: Math.ceil(left / 60) });
    text.value = comment.source;
    const save = async () => {
      const changed = await call(address, {
        method: 'PATCH',
        headers: { ...headers, 'If-Match': `"${comment.version}"` },
        json: { body: text.value },
      });
      close(view);
      view.comment = { ...view.comment, ...changed.body.comment };
      view.draw();
      view.show();
      thread.announce(thread.words.text(view.comment.status === 'published' ? 'saved' : 'savedHeld'));
    };
    open(view, form(thread, view, save, 'save', text));
    text.focus();
  } catch (problem) {
    complain(thread, view, problem);
  }
}

function confirm(thread, memory, view, own) {
  const { id } = view.comment;
  const withdraw = async () => {
    await call(thread.siteAddress('comments/' + id), {
      method: 'DELETE',
      headers: { Authorization: 'Bearer ' + own.token, 'If-Match': `"${view.comment.version}"` },
    });
    memory.change((kept) => delete kept.own[id]);
    close(view);
    const counted = view.comment.status === 'published';
    const next = (view.element.nextElementSibling ?? view.element.previousElementSibling)?.view ?? view.parent;
    if (view.replies.firstChild) thread.insert({ id, status: 'deleted' });
    else thread.remove(view);
    if (counted) thread.countBy(-1);
    thread.announce(thread.words.text('withdrawn'));
    const { article } = (view.element.isConnected ? view : next) ?? {};
    (article ?? thread.box?.text ?? thread.heading).focus();
  };
  open(view, form(thread, view, withdraw, 'withdraw', h('p', {}, thread.words.node('withdrawSure'))));
  view.row.querySelector('.send').focus();
}

function report(thread, memory, view) {
  const reason = h('select', { class: 'sort' }, ...REASONS.map((r) => h('option', { value: r }, thread.words.node(r))));
  const note = h('input', { maxlength: 1000, class: 'input' });
  thread.words.label(reason, 'reason');
  thread.words.label(note, 'note', {}, 'placeholder');
  thread.words.label(note, 'note');
  const send = async () => {
    await call(thread.siteAddress(`comments/${view.comment.id}/flags`), {
      method: 'POST',
      json: { reason: reason.value, note: note.value.trim() || undefined, commenterKey: memory.commenterKey() },
    });
    close(view);
    thread.announce(thread.words.text('reported'));
    view.menu.replaceChildren('✓');
  };
  const href = new URL(`../../c/${view.comment.id}/notice`, thread.options.api).href;
  const legal = h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, thread.words.node('legalNotice'));
  open(view, form(thread, view, send, 'report', reason, note, h('p', {}, legal)));
  reason.focus();
}

function form(thread, view, send, key, ...content) {
  const submit = h('button', { class: 'send' }, thread.words.node(key));
  const made = h('form', { class: 'row', novalidate: true }, ...content, submit, thread.words.button('cancel', () => close(view)));
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.ariaDisabled === 'true') return;
    submit.ariaDisabled = 'true';
    await send().catch((problem) => complain(thread, view, problem));
    submit.ariaDisabled = null;
  });
  return made;
}

/** Says what went wrong, below the comment it is about. */
function complain(thread, view, problem) {
  if (!(problem instanceof Problem)) throw problem;
  const known = thread.words.find(problem.slug, { n: problem.retryAfter || 10 });
  const text = known ?? problem.errors[0]?.detail ?? problem.body.detail ?? thread.words.text('broken');
  view.article.querySelector('.alert')?.remove();
  view.article.append(h('p', { role: 'alert', class: 'alert' }, text));
}

const prepared = new WeakMap();

function prepare(thread) {
  if (!prepared.has(thread)) {
    thread.words.add({ ...troubles, ...english });
    adopt(thread.element.getRootNode(), styles);
    prepared.set(thread, new Memory(thread.options));
  }
  return prepared.get(thread);
}
