import { Queue } from '../../../main/web/admin/queue.js';
import { equal, test } from '../testing.js';

const card = (id, status = 'pending') => ({ id, version: 1, status });
const page = (ids, more = {}) => ({ cards: ids.map((id) => card(id)), next: null, waiting: ids.length, ...more });
const ids = (queue) => queue.cards.map(({ id }) => id).join('');

function queueOf(...names) {
  const queue = new Queue();
  queue.fill(page(names));
  return queue;
}

const ok = (id, status, version = 2) => ({ id, result: 'ok', status, version });

test('deciding goes on to the next card at once', () => {
  const queue = queueOf('a', 'b', 'c');

  queue.decide('approve', queue.targets);

  equal([ids(queue), queue.cursor, queue.waiting], ['bc', 'b', 2]);
});

test('deciding the last card goes to the one above', () => {
  const queue = queueOf('a', 'b');
  queue.move(1);

  queue.decide('spam', queue.targets);

  equal([ids(queue), queue.cursor], ['a', 'a']);
});

test('deciding a card that is not the current one leaves the cursor', () => {
  const queue = queueOf('a', 'b', 'c');

  queue.decide('spam', [queue.cards[2]]);

  equal([ids(queue), queue.cursor], ['ab', 'a']);
});

test('deciding the only card leaves nothing', () => {
  const queue = queueOf('a');

  queue.decide('reject', queue.targets);

  equal([ids(queue), queue.cursor, queue.current, queue.targets], ['', null, null, []]);
});

test('a failed decision puts the card back on top with a note', () => {
  const queue = queueOf('a', 'b', 'c');
  const decision = queue.decide('approve', queue.targets);
  queue.move(1);

  queue.fail(decision, 'No connection');

  equal([ids(queue), queue.cursor, queue.notes.get('a'), queue.waiting], ['bac', 'a', 'No connection', 3]);
  equal(queue.undo(), null);
});

test('what was left out for want of reasons is back on top, and only the rest can be taken back', () => {
  const queue = queueOf('a', 'b', 'c');
  for (const id of ['a', 'b']) queue.toggle(id);
  const decision = queue.decide('reject', queue.targets);

  const left = queue.confirm(decision, { id: '1', items: [{ id: 'a', result: 'statement-required' }, ok('b', 'rejected')] });

  equal([left.map(({ card: { id }, result }) => `${id} ${result}`).join(), ids(queue), queue.cursor, queue.current.status, queue.waiting], ['a statement-required', 'ac', 'a', 'pending', 2]);
  equal([queue.undo().cards.map(({ id }) => id).join(''), ids(queue)], ['b', 'bac']);
});

test('undo puts the card back on top as it was', () => {
  const queue = queueOf('a', 'b');
  const decision = queue.decide('approve', queue.targets);
  queue.confirm(decision, { id: '1', items: [ok('a', 'published')] });

  const taken = queue.undo();

  equal([taken === decision, ids(queue), queue.cursor, queue.current.status, queue.waiting], [true, 'ab', 'a', 'pending', 2]);
  queue.undone(taken, { items: [ok('a', 'pending', 3)] });
  equal([queue.current.version, queue.undo()], [3, null]);
});

test('undo goes back decision by decision', () => {
  const queue = queueOf('a', 'b', 'c');
  for (const action of ['approve', 'spam']) queue.decide(action, queue.targets);

  equal([queue.undo().action, queue.undo().action, queue.undo(), ids(queue)], ['spam', 'approve', null, 'abc']);
});

test('an undo before the answer waits for it', () => {
  const queue = queueOf('a', 'b');
  const decision = queue.decide('approve', queue.targets);
  queue.undo();

  queue.confirm(decision, { id: '7', items: [ok('a', 'published')] });

  equal([decision.state, decision.id, ids(queue), queue.cursor], ['undoing', '7', 'ab', 'a']);
});

test('an undo before the answer leaves what somebody else decided', () => {
  const queue = queueOf('a', 'b', 'c');
  queue.reach(1);
  const decision = queue.decide('approve', queue.targets);
  queue.undo();

  const lost = queue.confirm(decision, { id: '7', items: [{ id: 'a', result: 'conflict', status: 'spam', version: 2 }, ok('b', 'published')] });

  equal([lost.length, ids(queue), queue.cursor, queue.current.status, queue.waiting], [1, 'bc', 'b', 'pending', 2]);
});

test('an undo of a decision that failed in the meantime leaves one card', () => {
  const queue = queueOf('a', 'b');
  const decision = queue.decide('approve', queue.targets);
  queue.undo();

  queue.fail(decision, 'No connection');

  equal([ids(queue), queue.waiting], ['ab', 2]);
});

test('what could not be taken back leaves again', () => {
  const queue = queueOf('a', 'b');
  const decision = queue.decide('approve', queue.targets);
  queue.confirm(decision, { id: '1', items: [ok('a', 'published')] });
  queue.undo();

  queue.undoFailed(decision);

  equal([ids(queue), queue.cursor, queue.waiting], ['b', 'b', 1]);
});

test('the loser of a race is told who won and can not undo it', () => {
  const queue = queueOf('a', 'b');
  const decision = queue.decide('approve', queue.targets);

  const lost = queue.confirm(decision, { id: null, items: [{ id: 'a', result: 'conflict', status: 'spam', version: 2, decidedBy: { name: 'Ben' } }] });

  equal([lost[0].card.status, lost[0].decidedBy.name, ids(queue), queue.undo()], ['spam', 'Ben', 'b', null]);
});

test('many are decided and taken back as one', () => {
  const queue = queueOf('a', 'b', 'c', 'd');
  queue.reach(1);
  queue.reach(1);

  const decision = queue.decide('delete', queue.targets);

  equal([ids(queue), queue.cursor, queue.selected.size, queue.waiting], ['d', 'd', 0, 1]);
  queue.confirm(decision, { id: '1', items: [ok('a', 'deleted'), { id: 'b', result: 'conflict', status: 'spam', version: 2 }, ok('c', 'deleted')] });
  queue.undo();
  equal([ids(queue), queue.cursor], ['acd', 'a']);
});

test('a later page does not bring back what was decided', () => {
  const queue = queueOf('a', 'b');
  queue.decide('approve', queue.targets);

  queue.extend(page(['a', 'b', 'c']));

  equal(ids(queue), 'bc');
});

test('starting over leaves out what is on its way only', () => {
  const queue = queueOf('a', 'b', 'c');
  const first = queue.decide('approve', queue.targets);
  queue.confirm(first, { id: '1', items: [ok('a', 'published')] });
  queue.decide('approve', queue.targets);

  queue.fill({ cards: [card('a', 'published'), card('b'), card('c')], next: null, waiting: 2 });

  equal([ids(queue), queue.waiting], ['ac', 1]);
});

test('new comments are counted and move nothing until asked for', () => {
  const queue = queueOf('a', 'b');

  queue.counted(4);

  equal([ids(queue), queue.cursor, queue.waiting, queue.fresh], ['ab', 'a', 4, 2]);
  queue.admit(page(['a', 'b', 'c', 'd']), false);
  equal([ids(queue), queue.cursor, queue.fresh], ['abcd', 'a', 0]);
});

test('where newest is first, new comments come on top when asked for', () => {
  const queue = queueOf('b', 'a');
  queue.counted(3);

  queue.admit(page(['c', 'b', 'a']), true);

  equal([ids(queue), queue.cursor], ['cba', 'c']);
});

test('taken back into a list that shows it already, a card is there once', () => {
  const queue = queueOf('a');
  const decision = queue.decide('approve', queue.targets);
  queue.confirm(decision, { id: '1', items: [ok('a', 'published')] });
  queue.fill({ cards: [card('x', 'published'), card('a', 'published')], next: null, waiting: 0 });

  queue.undo();

  equal([ids(queue), queue.current.status], ['ax', 'pending']);
});

test('selecting toggles', () => {
  const queue = queueOf('a', 'b');

  queue.toggle('b');
  equal(queue.targets.map(({ id }) => id), ['b']);
  queue.toggle('b');
  equal(queue.targets.map(({ id }) => id), ['a']);
});

test('what is like a card is decided with it though it is not shown, and taken back with it', () => {
  const queue = queueOf('a', 'b');
  queue.counted(5);
  queue.selectAlike(queue.cards[0], ['b', 'x', 'y'].map((id) => ({ ...card(id), unseen: true })));

  const decision = queue.decide('spam', queue.targets);

  equal([decision.cards.map(({ id }) => id).join(''), ids(queue), queue.waiting, queue.selected.size], ['abxy', '', 1, 0]);
  queue.confirm(decision, { id: 'd', items: ['a', 'b', 'x', 'y'].map((id) => ok(id, 'spam')) });
  queue.undo();
  equal([ids(queue), queue.cursor, queue.waiting], ['ab', 'a', 5]);
  equal(queue.extend(page(['x'])).map(({ id }) => id), ['x']);
});

test('a selection that was cleared leaves nothing unseen behind', () => {
  const queue = queueOf('a', 'b');
  queue.selectAlike(queue.cards[0], [{ ...card('x'), unseen: true }]);

  queue.clearSelection();

  equal(queue.targets.map(({ id }) => id), ['a']);
});

test('what somebody else decided leaves; the cursor goes to the next one', () => {
  const queue = queueOf('a', 'b', 'c');

  const lost = queue.lose({ id: 'a', status: 'spam', version: 2 });

  equal([lost.id, ids(queue), queue.cursor, queue.waiting], ['a', 'bc', 'b', 3]);
});

test('news of what is not here, or is older than what is here, moves nothing', () => {
  const queue = queueOf('a', 'b');
  queue.cards[0].version = 3;

  equal([queue.lose({ id: 'a', status: 'spam', version: 2 }), queue.lose({ id: 'x', status: 'spam', version: 2 }), ids(queue)], [null, null, 'ab']);
});

test('what is left to others leaves and waits on, and is the current one again when it is taken back', () => {
  const queue = queueOf('a', 'b', 'c');
  const [first] = queue.cards;

  queue.handOn(first);
  equal([ids(queue), queue.cursor, queue.waiting], ['bc', 'b', 3]);
  queue.takeBack(first);

  equal([ids(queue), queue.cursor, queue.waiting], ['abc', 'a', 3]);
});
