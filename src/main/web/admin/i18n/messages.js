/** The words of the page in the moderator's language. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ru: 'Русский',
  uk: 'Українська',
  ar: 'العربية',
};

const RIGHT_TO_LEFT = ['ar'];

export class Messages {
  /** table: from key to text with {places}, or to one text per plural form of {n} (or for one number). */
  constructor(language, table) {
    this.language = language;
    this.table = table;
    this.plural = new Intl.PluralRules(language);
    this.number = new Intl.NumberFormat(language);
    this.ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
    this.percent = new Intl.NumberFormat(language, { style: 'percent' });
    this.moment = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  }

  get direction() {
    return RIGHT_TO_LEFT.includes(this.language) ? 'rtl' : 'ltr';
  }

  has(key) {
    return key in this.table;
  }

  say(key, values = {}) {
    const entry = this.table[key] ?? key;
    const text = typeof entry === 'string' ? entry : (entry[values.n] ?? entry[this.plural.select(values.n)] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (_, name) => this.#value(values[name]));
  }

  /** A name in another direction than the sentence must not turn the sentence around. */
  #value(value) {
    if (typeof value === 'number') return this.number.format(value);
    const text = String(value ?? '');
    return this.direction === 'rtl' || /[\u0590-\u08ff]/.test(text) ? `\u2068${text}\u2069` : text;
  }

  /** "3 min. ago" */
  since(instant, now) {
    const seconds = Math.min(0, (instant - now) / 1000);
    const [unit, size] = UNITS.find(([, length]) => -seconds >= length) ?? ['second', 1];
    return unit === 'second' ? this.say('time.now') : this.ago.format(Math.round(seconds / size), unit);
  }

  /** "3 hr" */
  lasting(seconds) {
    const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['second', 1];
    return new Intl.NumberFormat(this.language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: size > 1 ? 1 : 0 }).format(seconds / size);
  }

  /** 0.5 → "50 %" */
  share(of) {
    return this.percent.format(of);
  }

  at(instant) {
    return this.moment.format(instant);
  }
}

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The first language of the list that we speak. */
export function chosenLanguage(wanted) {
  const spoken = wanted.map((tag) => String(tag).toLowerCase().split('-')[0]);
  return spoken.find((language) => Object.hasOwn(LANGUAGES, language)) ?? 'en';
}

export async function messagesIn(language) {
  return new Messages(language, (await import(`./${language}.js`)).default);
}
