import en from '../../../main/web/admin/i18n/en.js';
import { LANGUAGES, Messages, chosenLanguage, messagesIn } from '../../../main/web/admin/i18n/messages.js';
import { equal, test } from '../testing.js';

/** Forms that stand for one number only (in French for 0 as well, which nobody decides on): it need not be said. */
const ONE_NUMBER = { en: ['one'], de: ['one'], es: ['one'], fr: ['one'], ar: ['zero', 'one', 'two'] };

const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join();

for (const language of Object.keys(LANGUAGES)) {
  test(`${language}: no message is missing, superfluous or without its places`, async () => {
    const { table } = await messagesIn(language);

    equal(Object.keys(table).sort(), Object.keys(en).sort());
    for (const [key, entry] of Object.entries(table)) {
      const wanted = places(typeof en[key] === 'string' ? en[key] : en[key].other);
      if (typeof entry === 'string') equal([key, places(entry)], [key, wanted]);
      else for (const [form, text] of Object.entries(entry)) if (!ONE_NUMBER[language]?.includes(form) && form !== '1') equal([key, form, places(text)], [key, form, wanted]);
    }
  });

  test(`${language}: every plural form of the language is there`, async () => {
    const { table } = await messagesIn(language);
    // "many" of French and Spanish is for millions, which "other" says as well.
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => !(form === 'many' && ['fr', 'es'].includes(language)));

    for (const [key, entry] of Object.entries(table)) {
      equal([key, typeof entry], [key, typeof en[key]]);
      if (typeof entry !== 'string') equal([key, forms.filter((form) => !(form in entry))], [key, []]);
    }
  });
}

test('the first language that we speak is chosen, else English', () => {
  equal([chosenLanguage(['xx-YY', 'en-GB']), chosenLanguage([]), chosenLanguage(['constructor'])], ['en', 'en', 'en']);
});

test('a name in another direction is set apart from its sentence', () => {
  const messages = new Messages('en', { by: 'By {name}' });

  equal([messages.say('by', { name: 'Ben' }), messages.say('by', { name: 'سارة' })], ['By Ben', 'By \u2068سارة\u2069']);
});
