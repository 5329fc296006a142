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
