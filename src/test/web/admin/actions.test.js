import { CardTools } from '../../../main/web/admin/card-tools.js';
import { isNoticed, offered } from '../../../main/web/admin/actions.js';
import { equal, test } from '../testing.js';

test('what is published can be kept only where a notice asks for it', () => {
  equal([offered({ status: 'published' }).includes('approve'), offered({ status: 'published', notices: [{}], appeals: [] }).includes('approve')], [false, true]);
});

test('what a notice waits for can be turned down again, kept, and held meanwhile', () => {
  const noticed = (status) => offered({ status, notices: [{}] }).join(' ');
  equal(['pending', 'published', 'rejected', 'deleted'].map(noticed), ['approve reject delete spam', 'approve reject delete hold', 'approve reject delete hold', 'approve reject delete restore']);
});

test('a notice or an appeal waits, or neither', () => {
  equal([isNoticed({}), isNoticed({ notices: [], appeals: [] }), isNoticed({ notices: [], appeals: [{}] }), isNoticed({ notices: [{}] })], [false, false, true, true]);
});

const NOTICED = { notices: [{ id: 'n1' }], appeals: [] };

test('what somebody else has to answer can be put off, and nothing else', () => {
  const offers = (status) => offered({ status, source: 'x', ...NOTICED, anotherModerator: true });
  equal(['published', 'rejected', 'spam', 'deleted', 'pending'].map((status) => offers(status).join()), ['hold', 'hold', 'hold', 'restore', '']);
});

test('what is gone is closed, and what is erased is left alone once nothing waits', () => {
  equal(offered({ status: 'deleted', source: 'x', ...NOTICED, gone: true }), ['delete']);
  equal(offered({ status: 'deleted', source: '', ...NOTICED, gone: true }), ['delete']);
  equal(offered({ status: 'deleted', source: '' }), []);
});

test('owners erase what is deleted', () => {
  const erases = (card, owns) => CardTools.offered({ depth: 0, source: 'x', ...card }, owns).includes('erase');
  equal([erases({ status: 'deleted' }, true), erases({ status: 'deleted' }, false), erases({ status: 'published' }, true)], [true, false, false]);
  equal(CardTools.offered({ status: 'deleted', source: '' }, true), ['context']);
});

test('who would approve by an answer is asked for reasons first', () => {
  const answers = (card) => CardTools.offered({ depth: 0, source: 'x', ...card }, false).includes('reply');
  equal([answers({ status: 'pending' }), answers({ status: 'pending', ...NOTICED }), answers({ status: 'published', ...NOTICED })], [true, false, true]);
});
