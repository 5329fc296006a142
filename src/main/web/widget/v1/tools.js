/** Help with Markdown in the box: marks around what is selected, and what it will look like. */
import { Problem, call, h, showHtml } from './reading.js';

const MARKS = { bold: ['**', '**'], italic: ['*', '*'], code: ['`', '`'], link: ['[', '](https://)'], quote: ['> ', ''] };

/** Puts marks around the selection, so that undo takes them away again. */
export function mark({ text }, name) {
  const [before, after] = MARKS[name];
  const { selectionStart: start, selectionEnd: end, value } = text;
  const chosen = value.slice(start, end);
  const lines = name === 'quote' ? chosen.replaceAll('\n', '\n> ') : chosen;
  const block = name === 'quote' && start > 0 && value[start - 1] !== '\n' ? '\n\n' : '';
  text.focus();
  // The one call that keeps the browser's own undo; where it is gone, the text is set at once.
  if (!document.execCommand?.('insertText', false, block + before + lines + after)) {
    text.setRangeText(block + before + lines + after, start, end, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const from = start + block.length + before.length;
  if (name === 'link' && chosen) text.setSelectionRange(from + lines.length + 2, from + lines.length + 10);
  else text.setSelectionRange(from, from + lines.length);
}

/** Shows what the service would make of the text in place of the text, and back. */
export async function preview({ thread, text, previewButton }) {
  const shown = previewButton.getAttribute('aria-pressed') === 'true';
  text.hidden = !shown;
  previewButton.setAttribute('aria-pressed', String(!shown));
  text.parentNode.querySelector('.preview')?.remove();
  if (shown) return text.focus();
  const place = h('div', { class: 'body preview', role: 'region', tabindex: 0, dir: 'auto' });
  thread.words.label(place, 'preview');
  text.after(place);
  try {
    const { body } = await call(thread.siteAddress('preview'), { method: 'POST', json: { body: text.value } });
    showHtml(place, body.html);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    place.textContent = text.value;
  }
}
