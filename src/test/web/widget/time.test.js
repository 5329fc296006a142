import { said } from '../../../main/web/widget/v1/time.js';
import { equal, test } from '../testing.js';

const now = Date.parse('2026-03-14T12:00:00Z');
const ago = (seconds, lang = 'en') => said(new Date(now - seconds * 1000), now, lang);

test('times are said the way people say them', () => {
  equal(
    [0, 44, 60, 150, 3_600, 7_200, 86_400, 172_800, 20 * 86_400].map((seconds) => ago(seconds)),
    ['now', 'now', '1 minute ago', '3 minutes ago', '1 hour ago', '2 hours ago', 'yesterday', '2 days ago', '20 days ago'],
  );
});

test('beyond a month a date says more', () => {
  equal(ago(40 * 86_400), 'February 2, 2026');
});

test('a clock that runs behind ours says now, not in the future', () => {
  equal(ago(-20), 'now');
});

test('times follow the language', () => {
  equal(ago(7_200, 'de'), 'vor 2 Stunden');
});
