/** The reading side: draws a thread from the service's answer; the writing side is fetched when needed. */
import { Problem, call, read } from './api.js';
import { Box } from './box.js';
import { h, pause, showHtml } from './dom.js';
import { offer } from './paging.js';
import readingStyles from './reading-styles.js';
import { Thread } from './thread.js';

const sheets = new Map();

// Modules that come later take what is loaded already from here.
export { Box, Problem, adopt, call, h, offer, showHtml };

/**
 * Draws into the element's shadow root. What the page put inside the element stays until then.
 *
 * @param {Promise<Response>} answer the thread, already on its way
 */
export async function draw(host, options, answer, signal) {
  await pause();
  const thread = new Thread(host, options, signal);
  if (!host.firstChild) enter(host, thread);
  await thread.rehearse();
  for (let asked = answer; ; asked = fetch(thread.address(), { cache: 'no-cache', signal })) {
    try {
      const { body } = await read(asked);
      await pause();
      if (signal.aborted) return;
      const drawn = thread.draw(body);
      // What the page put there stays until there is all that takes its place.
      if (host.firstChild && !host.shadowRoot) await drawn;
      if (!signal.aborted) enter(host, thread);
      return drawn;
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

/** Adds styles to a shadow root, once; what has left the page meanwhile has none. A <style> would be blocked on strict pages. */
function adopt(root, css) {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) sheet.replaceSync(css);
  sheets.set(css, sheet);
  if (root.adoptedStyleSheets?.includes(sheet) === false) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
