import { ACTIONS } from '../../../main/web/admin/actions.js';
import { KEYS, Keys, PRESETS, keyOf, keysOf } from '../../../main/web/admin/keys.js';
import { equal, test } from '../testing.js';

const press = (key, more = {}) => ({ key, code: '', preventDefault() {}, ...more });

function pressed(...events) {
  const performed = [];
  const keys = new Keys((action) => performed.push(action));
  for (const event of events) keys.press(event);
  return performed;
}

test('every decision has a key and no key has two meanings', () => {
  equal(Object.keys(ACTIONS).filter((action) => !KEYS[action]), []);
  const all = Object.values(KEYS).flat();
  equal(all.length, new Set(all).size);
});

test('one key is one action', () => {
  equal(pressed(press('a'), press('z'), press('ArrowDown'), press('ArrowDown', { shiftKey: true }), press('?', { shiftKey: true })),
    ['approve', 'undo', 'next', 'selectNext', 'help']);
});

test('on a Cyrillic or Arabic layout the place of the key counts', () => {
  equal([keyOf(press('ф', { code: 'KeyA' })), keyOf(press('ش', { code: 'KeyA' })), keyOf(press('О', { code: 'KeyJ', shiftKey: true }))], ['a', 'a', 'J']);
});

test('on another Latin layout the letter counts, not its place', () => {
  equal(keyOf(press('a', { code: 'KeyQ' })), 'a');
});

test('a key that rests decides once, but moves on and on', () => {
  equal(pressed(press('a'), press('a', { repeat: true }), press('j'), press('j', { repeat: true })), ['approve', 'next', 'next']);
});

test('keys of the browser stay the browser\'s', () => {
  equal(pressed(press('a', { ctrlKey: true }), press('r', { metaKey: true }), press('d', { altKey: true }), press('s', { ctrlKey: true })), []);
});

test('keys can be switched off', () => {
  const performed = [];
  const keys = new Keys((action) => performed.push(action));
  keys.on = false;

  keys.press(press('a'));

  equal(performed, []);
});

for (const preset of Object.keys(PRESETS)) {
  test(`in the preset ${preset} every action has a key and no key has two meanings`, () => {
    const table = keysOf(preset);
    const all = Object.values(table).flat();

    equal(Object.keys(table).filter((action) => table[action].length === 0), []);
    equal(all.filter((key, n) => all.indexOf(key) !== n), []);
  });
}

test('an own key is taken from whatever had it; the arrows stay', () => {
  const table = keysOf('afterword', { approve: 'y', next: 'd', nonsense: 'q', reject: 7 });

  equal([table.approve, table.next, table.delete, table.reject, table.nonsense], [['y'], ['d', 'ArrowDown', 'Space'], [], ['r'], undefined]);
});

test('space and enter belong to the button that has the focus', () => {
  const button = { closest: (selector) => (selector.startsWith('button') ? button : null) };

  equal(pressed(press(' ', { target: button }), press(' ')), ['next']);
});
