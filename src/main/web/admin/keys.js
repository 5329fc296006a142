/** Which key does what. A table from action to keys; keyOf() spells a key press the way the table does. */
export const KEYS = {
  next: ['j', 'ArrowDown', 'Space'],
  previous: ['k', 'ArrowUp'],
  approve: ['a'],
  reject: ['r'],
  reasons: ['R'],
  reject1: ['1'],
  reject2: ['2'],
  reject3: ['3'],
  reject4: ['4'],
  reject5: ['5'],
  reject6: ['6'],
  reject7: ['7'],
  reject8: ['8'],
  reject9: ['9'],
  spam: ['s'],
  delete: ['d'],
  hold: ['h'],
  restore: ['t'],
  expand: ['o'],
  reply: ['p'],
  edit: ['e'],
  ban: ['b'],
  banAll: ['B'],
  pin: ['!'],
  lock: ['l'],
  context: ['c'],
  author: ['u'],
  select: ['x'],
  alike: ['*'],
  selectNext: ['Shift+ArrowDown', 'J'],
  selectPrevious: ['Shift+ArrowUp', 'K'],
  clear: ['Escape'],
  undo: ['z', 'Ctrl+z', 'Meta+z'],
  search: ['/'],
  fresh: ['n'],
  help: ['?'],
};

/** For people whose fingers know another queue: what differs from KEYS. */
export const PRESETS = {
  afterword: {},
  coral: { approve: ['f'], reject: ['d'], delete: ['x'], select: ['v'] },
  wordpress: { hold: ['u'], reject: ['w'], author: ['i'] },
  gmail: {
    approve: ['e'], reject: ['y'], spam: ['!'], delete: ['#'], hold: ['b'], expand: ['o', 'Enter'],
    edit: ['i'], ban: ['v'], banAll: ['V'], pin: ['P'],
  },
};

/** The keys of a preset with a person's own on top; an own key is taken from whatever had it. */
export function keysOf(preset, own = {}) {
  const table = { ...KEYS, ...(PRESETS[preset] ?? {}) };
  for (const [action, key] of Object.entries(own)) {
    if (!(action in KEYS) || typeof key !== 'string') continue;
    for (const other of Object.keys(table)) table[other] = table[other].filter((one) => one !== key);
    table[action] = [key, ...table[action].filter((one) => one.length > 1)];
  }
  return table;
}

/** What may be held down. Anything else happens once per press, or a resting finger would clear the queue. */
const REPEATABLE = new Set(['next', 'previous', 'selectNext', 'selectPrevious']);

/** "a", "B", "?", "Shift+ArrowDown", "Ctrl+z"; by place on the keyboard where the layout is not Latin. */
export function keyOf({ key, code = '', shiftKey, ctrlKey, metaKey, altKey }) {
  if (altKey || (ctrlKey && metaKey)) return null;
  if (key === ' ') return shiftKey ? 'Shift+Space' : 'Space';
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
    this.on = true;
    this.use(table);
  }

  use(table) {
    this.table = table;
    this.actions = new Map(Object.entries(table).flatMap(([action, keys]) => keys.map((key) => [key, action])));
  }

  press(event) {
    const key = keyOf(event);
    if (!this.on || event.defaultPrevented || isElsewhere(event.target, key)) return;
    const action = this.actions.get(key);
    if (!action || (event.repeat && !REPEATABLE.has(action))) return;
    if (this.perform(action) !== false) event.preventDefault();
  }
}

/** Somebody is typing, is in an open dialog (a closed one holds the focus until the next frame), or presses the button that has the focus. */
function isElsewhere(target, key) {
  if (!target?.closest) return false;
  if (target.closest('input:not([type=checkbox]), select, textarea, dialog[open], [popover], [contenteditable]')) return true;
  return (key === 'Space' || key === 'Enter') && target.closest('button, a, input, summary') !== null;
}
