import { filterOf, sameFilter, searchOf } from '../../../main/web/admin/filter.js';
import { equal, test } from '../testing.js';

test('the usual filter is a bare address', () => {
  equal(searchOf(filterOf('')), '');
});

test('an address and its filter are the same thing', () => {
  for (const search of ['', '?status=spam', '?site=blog', '?status=published&site=blog&reason=trap&page=a.html&q=x+y&order=oldest']) {
    equal(searchOf(filterOf(search)), search);
  }
});

test('nonsense in the address is the usual filter', () => {
  equal(sameFilter(filterOf('?status=banana&order=up&x=1'), filterOf('')), true);
});

test('who waits longest comes first, and of what was decided the newest', () => {
  equal([filterOf('').order, filterOf('?status=spam').order], ['oldest', 'newest']);
  equal([searchOf(filterOf('?order=newest')), searchOf(filterOf('?status=spam&order=oldest'))], ['?order=newest', '?status=spam&order=oldest']);
});

test('what was noticed is of any status, the most urgent first', () => {
  equal([filterOf('?status=noticed').order, searchOf(filterOf('?status=noticed')), searchOf(filterOf('?status=noticed&order=newest'))], ['due', '?status=noticed', '?status=noticed&order=newest']);
});
