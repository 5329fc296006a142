import actions from '../../../main/web/widget/v1/actions-words.js';
import { LANGUAGES, nameFor, tableFor } from '../../../main/web/widget/v1/languages.js';
import own from '../../../main/web/widget/v1/own-words.js';
import proof from '../../../main/web/widget/v1/proof-words.js';
import reading from '../../../main/web/widget/v1/reading-words.js';
import troubles from '../../../main/web/widget/v1/troubles.js';
import writing from '../../../main/web/widget/v1/writing-words.js';
import { equal, test } from '../testing.js';

const english = { ...reading, ...writing, ...own, ...actions, ...troubles, ...proof };

/** Signs, the same in every language. */
const SIGNS = ['colon', 'moreActions'];
const KEYS = Object.keys(english).filter((key) => !SIGNS.includes(key)).sort();

const holes = (phrase) => [...new Set(phrase.match(/\{\w+\}/g) ?? [])].filter((hole) => hole !== '{n}').sort().join();

test('there are thirty languages and more', () => {
  equal(LANGUAGES.length + 1 >= 30, true);
});

for (const language of LANGUAGES) {
  test(`every phrase is said in ${language}, in all its plural forms, with nothing left out`, async () => {
    const table = await tableFor(language);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    const wrong = [];
    for (const key of KEYS) {
      const [ours, theirs] = [english[key], table[key]];
      if (!theirs || typeof ours !== typeof theirs) wrong.push(key);
      else if (typeof ours === 'object') {
        if (Object.keys(theirs).sort().join() !== forms.join()) wrong.push(`${key}: ${Object.keys(theirs)}`);
        if (!theirs.other.includes('{n}') || Object.values(theirs).some((form) => !form)) wrong.push(`${key}: ${theirs.other}`);
      } else if (holes(ours) !== holes(theirs)) wrong.push(`${key}: ${theirs}`);
    }
    equal(wrong, []);
    equal(Object.keys(table).filter((key) => !KEYS.includes(key)), []);
  });
}

test('a region or script falls back to its language, an unknown one to English', () => {
  equal(['de-AT', 'nb-NO', 'zh-Hans-CN', 'pt-BR', 'en-GB', 'tlh'].map((tag) => nameFor(tag) ?? 'en'), ['de', 'no', 'zh', 'pt', 'en', 'en']);
});
