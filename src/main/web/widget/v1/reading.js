/** The reading side: draws a thread from the service's answer; the writing side is fetched when needed. */
import { Problem, call, read } from './api.js';
import { h, showHtml } from './dom.js';
import readingStyles from './reading-styles.js';
import { Thread } from './thread.js';

const sheets = new Map();

// The writing side takes what is loaded already from here.
export { Problem, call, h, showHtml };
export { adopt };

/**
 * Draws into the element's shadow root. What the page put inside the element stays until then.
 *
 * @param {Promise<Response>} answer the thread, already on its way
 */
export async function draw(host, options, answer, signal) {
  const thread = new Thread(host, options, signal);
  if (!host.firstChild) enter(host, thread);
  for (let asked = answer; ; asked = fetch(thread.address(), { cache: 'no-cache', signal })) {
    try {
      const { body } = await read(asked);
      if (signal.aborted) return;
      thread.draw(body);
      return enter(host, thread);
    } catch (problem) {
      if (signal.aborted) return;
      if (!(problem instanceof Problem)) throw problem;
      enter(host, thread);
      await thread.failed(problem);
    }
  }
}

function enter(host, thread) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  adopt(root, readingStyles);
  if (thread.element.parentNode !== root) root.replaceChildren(thread.element);
}

/** Adds styles to a shadow root, once. A <style> would be blocked on strict pages. */
function adopt(root, css) {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
