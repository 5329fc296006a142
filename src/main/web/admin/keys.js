/** Which key does what. A table from action to keys; keyOf() spells a key press the way the table does. */
export const KEYS = {
  next: ['j', 'ArrowDown'],
  previous: ['k', 'ArrowUp'],
  approve: ['a'],
  reject: ['r'],
  spam: ['s'],
  delete: ['d'],
  hold: ['h'],
  restore: ['t'],
  expand: ['o'],
  select: ['x'],
  selectNext: ['Shift+ArrowDown', 'J'],
  selectPrevious: ['Shift+ArrowUp', 'K'],
  undo: ['z', 'Ctrl+z', 'Meta+z'],
  fresh: ['n'],
  help: ['?'],
};

/** May be held down. Anything else happens once per press, or a resting finger would clear the queue. */
const REPEATABLE = new Set(['next', 'previous', 'selectNext', 'selectPrevious']);

/** "a", "B", "?", "Shift+ArrowDown", "Ctrl+z"; by place on the keyboard where the layout is not Latin. */
export function keyOf({ key, code = '', shiftKey, ctrlKey, metaKey, altKey }) {
  if (altKey || (ctrlKey && metaKey)) return null;
  const modifier = ctrlKey ? 'Ctrl+' : metaKey ? 'Meta+' : '';
  if (key.length > 1) return modifier + (shiftKey ? 'Shift+' : '') + key;
  return modifier + (key <= '~' ? key : (byPlace(code, shiftKey) ?? key));
}

function byPlace(code, shiftKey) {
  if (code === 'Slash') return shiftKey ? '?' : '/';
  const letter = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return shiftKey ? letter : letter?.toLowerCase();
}

/** Calls perform(action) for the keys of the table, unless somebody is typing or a dialog is open. */
export class Keys {
  constructor(perform, table = KEYS) {
    this.perform = perform;
    this.table = table;
    this.on = true;
  }

  set table(table) {
    this.actions = new Map(Object.entries(table).flatMap(([action, keys]) => keys.map((key) => [key, action])));
  }

  listen(target) {
    target.addEventListener('keydown', (event) => this.press(event));
  }

  press(event) {
    if (!this.on || event.defaultPrevented || isTyping(event.target)) return;
    const action = this.actions.get(keyOf(event));
    if (!action || (event.repeat && !REPEATABLE.has(action))) return;
    if (this.perform(action) !== false) event.preventDefault();
  }
}

function isTyping(target) {
  return Boolean(target?.closest?.('input:not([type=checkbox]), select, textarea, dialog, [contenteditable]'));
}
