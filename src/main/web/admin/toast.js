import { element, icon } from './element.js';

/** A notice stays at least so long, and then until something else is done. */
const READ_MS = 5_000;
const CROSS = 'M6.5 6.5l11 11M17.5 6.5l-11 11';

/** The line at the bottom: what was just done with a way back, and above it what went wrong. Neither runs out. */
export class Toast {
  constructor(desk) {
    this.desk = desk;
    this.notice = element('div', { class: 'toast notice', hidden: true });
    this.done = element('div', { class: 'toast done', hidden: true });
    this.element = element('aside', { class: 'toasts', 'aria-label': desk.messages.say('toast.title') }, this.notice, this.done);
  }

  /** What was done, to whose comment, and an undo() if it can be taken back. */
  did(text, { name = null, undo = null } = {}) {
    const { messages } = this.desk;
    if (this.desk.now() > this.warnedAt + READ_MS) this.notice.hidden = true;
    this.#show(this.done, [text, name && element('bdi', { class: 'toast-name' }, name)], undo && [
      element('button', { type: 'button', class: 'toast-button', onclick: undo },
        messages.say('action.undo'), element('kbd', { 'aria-hidden': 'true' }, this.desk.keyFor('undo'))),
    ]);
  }

  warn(text) {
    this.warnedAt = this.desk.now();
    this.#show(this.notice, text);
  }

  clear() {
    this.notice.hidden = this.done.hidden = true;
  }

  #show(line, text, buttons = []) {
    const dismiss = element('button', {
      type: 'button',
      class: 'toast-close',
      'aria-label': this.desk.messages.say('help.dismiss'),
      onclick: () => (line.hidden = true),
    }, icon(CROSS));
    line.replaceChildren(element('span', { class: 'toast-text' }, text), ...(buttons || []), dismiss);
    line.hidden = false;
  }
}
