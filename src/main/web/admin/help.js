import { element } from './element.js';

/** "?": the table of keys, as it is right now. */
export class Help {
  constructor(desk) {
    const say = (key) => desk.messages.say(key);
    const rows = Object.entries(desk.keys).map(([action, keys]) =>
      element('tr', {},
        element('th', { scope: 'row' }, say(`action.${action}`)),
        element('td', {}, keys.slice(0, 2).flatMap((key, n) => [n ? ` ${say('help.or')} ` : null, element('kbd', {}, shown(key))])),
      ),
    );
    const close = element('button', { type: 'button', class: 'button', onclick: () => this.element.close() }, say('help.close'));
    this.element = element('dialog', { class: 'sheet', 'aria-labelledby': 'help-title' },
      element('h2', { id: 'help-title' }, say('help.title')),
      element('p', { class: 'quiet' }, say('help.hint')),
      element('table', { class: 'key-table' }, element('tbody', {}, rows)),
      close,
    );
    // A press beside the sheet, or "?" again, closes it.
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    this.element.addEventListener('keydown', ({ key }) => key === '?' && this.element.close());
  }

  open() {
    if (!this.element.open) this.element.showModal();
  }
}

const SIGNS = { ArrowDown: '↓', ArrowUp: '↑', 'Shift+ArrowDown': '⇧ ↓', 'Shift+ArrowUp': '⇧ ↑', 'Ctrl+z': 'Ctrl Z', 'Meta+z': '⌘ Z' };

export function shown(key) {
  return SIGNS[key] ?? key;
}
