import { pageIdentity, pageKey } from '../../../main/web/widget/v1/page-identity.js';
import spellings from '../../resources/page-identity.json' with { type: 'json' };
import { equal, test } from '../testing.js';

const address = 'https://blog.example/2026/03/talks.html?utm_source=feed&id=7#comments';

test('every spelling of a page has the key that the service gives it', () => {
  const wrong = spellings.filter((spelling) => pageIdentity(spelling).key !== spelling.key);
  equal(wrong, []);
});

test('the key of a canonical address is its own key', () => {
  const wrong = spellings.filter(({ key }) => pageKey('https://blog.example/' + (key === '/' ? '' : key)) !== key);
  equal(wrong.map(({ key }) => key), []);
});

test('an explicit key is taken byte for byte', () => {
  equal(pageIdentity({ page: '/Talks?utm_source=x#y ', address }).key, '/Talks?utm_source=x#y ');
});

test('an explicit address becomes a key like any other', () => {
  equal(pageIdentity({ page: 'https://blog.example/a?gclid=1#x', address }).key, 'a');
});

test('the canonical link says where the page is, an explicit address more so', () => {
  const canonical = 'https://blog.example/other#top';

  equal(pageIdentity({ canonical, address }), { key: 'other', url: 'https://blog.example/other' });
  equal(pageIdentity({ url: '/third', canonical, address }), { key: 'third', url: 'https://blog.example/third' });
  equal(pageIdentity({ page: 'talks', canonical, address }).url, 'https://blog.example/other');
});
