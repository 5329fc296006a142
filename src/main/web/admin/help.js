import { REASONS } from './actions.js';
import { element } from './element.js';
import { KEYS, PRESETS, keyOf } from './keys.js';

/** "?": the table of keys as it is right now, and where it is changed. */
export class Help {
  /** desk: {messages, keyboard, preferences, view, useKeys()} */
  constructor(desk) {
    this.desk = desk;
    const say = (key) => desk.messages.say(key);
    this.say = say;
    this.on = element('input', { type: 'checkbox', id: 'keys-on', onchange: () => this.#set('keys', this.on.checked) });
    this.preset = element('select', { onchange: () => this.#choose(this.preset.value) },
      Object.keys(PRESETS).map((preset) => element('option', { value: preset }, say(`preset.${preset}`))));
    this.rows = element('tbody');
    this.element = element('dialog', { class: 'sheet', 'aria-labelledby': 'help-title' },
      element('h2', { id: 'help-title' }, say('help.title')),
      element('p', { class: 'quiet' }, say('help.hint')),
      element('label', { class: 'choice' }, element('span', {}, say('help.on')), this.on),
      element('label', { class: 'choice' }, element('span', {}, say('help.preset')), this.preset),
      element('table', { class: 'key-table' }, this.rows),
      element('button', { type: 'button', class: 'button', autofocus: true, onclick: () => this.element.close() }, say('help.close')),
    );
    // A press beside the sheet, or "?" again, closes it.
    this.element.addEventListener('click', ({ target }) => target === this.element && this.element.close());
    // Other keys draw the cards anew, so the one that had the focus may be gone.
    this.element.addEventListener('close', () => this.desk.view.current?.element.focus({ preventScroll: true }));
    this.element.addEventListener('keydown', (event) => keyOf(event) === '?' && !event.defaultPrevented && this.element.close());
  }

  open() {
    if (this.element.open) return;
    this.#draw();
    this.element.showModal();
  }

  #draw() {
    const { keyboard, preferences } = this.desk;
    this.on.checked = keyboard.on;
    this.preset.value = preferences.get('preset') ?? 'afterword';
    this.rows.replaceChildren(...Object.keys(KEYS).map((action) => this.#row(action, keyboard.table[action])));
  }

  #row(action, keys) {
    const id = `key-${action}`;
    const change = element('button', {
      type: 'button',
      class: 'key-change',
      id,
      title: this.say('help.change'),
      'aria-labelledby': `${id}-name ${id}`,
      onclick: () => this.#listen(action, change),
    }, keys.length === 0 ? this.say('help.none') : keys.slice(0, 2).map((key) => element('kbd', {}, shown(key))));
    return element('tr', {},
      element('th', { scope: 'row', id: `${id}-name` }, this.#name(action)),
      element('td', {}, change),
    );
  }

  /** A digit is named by what it says on the site of the current card. */
  #name(action) {
    if (action === 'hold') return this.say('help.hold');
    if (!(action in REASONS)) return this.say(`action.${action}`);
    const { queue, session, templates } = this.desk;
    const site = queue.current?.site ?? session.sites[0]?.[0];
    const template = templates.of(site).find((one) => one.action === action);
    return template ? this.say('action.rejectBecause', { reason: template.words }) : this.say('action.rejectUnset');
  }

  /** The next key pressed becomes the action's own; Escape leaves it as it was. */
  #listen(action, button) {
    button.replaceChildren(this.say('help.press'));
    const done = (event) => {
      const key = event && keyOf(event);
      if (event && (['Shift', 'Control', 'Alt', 'Meta', 'Tab'].includes(event.key) || key === null)) return;
      event?.preventDefault();
      button.removeEventListener('keydown', done);
      button.removeEventListener('blur', cancel);
      if (key && key !== 'Escape') this.#set('ownKeys', { ...this.desk.preferences.get('ownKeys'), [action]: key });
      else this.#draw();
      document.getElementById(`key-${action}`)?.focus();
    };
    const cancel = () => done(null);
    button.addEventListener('keydown', done);
    button.addEventListener('blur', cancel);
  }

  /** Another preset starts without own keys. */
  #choose(preset) {
    this.desk.preferences.set('ownKeys', {});
    this.#set('preset', preset);
  }

  #set(name, value) {
    this.desk.preferences.set(name, value);
    this.desk.useKeys();
    this.#draw();
  }
}

const SIGNS = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  'Shift+ArrowDown': '⇧ ↓',
  'Shift+ArrowUp': '⇧ ↑',
  'Ctrl+z': 'Ctrl Z',
  'Meta+z': '⌘ Z',
  Space: '␣',
  Escape: 'Esc',
  Enter: '⏎',
};

export function shown(key) {
  return SIGNS[key] ?? key;
}
