/** The languages there are tables for, besides English which is built in. */
export const LANGUAGES =
  'ar bg ca cs da de el es fi fr he hi hr hu id it ja ko nl no pl pt ro ru sk sv tr uk vi zh'.split(' ');

const ALIASES = { nb: 'no', nn: 'no', iw: 'he', in: 'id' };

/** The name of the table for a language tag, or nothing where English will do: "de-AT" is served by "de". */
export function nameFor(tag) {
  const parts = tag.split('-');
  for (let n = parts.length; n > 0; n--) {
    const wanted = parts.slice(0, n).join('-').toLowerCase();
    const found = ALIASES[wanted] ?? LANGUAGES.find((language) => language.toLowerCase() === wanted);
    if (found) return found;
  }
}

/** The table itself; an empty one leaves everything English. */
export async function tableFor(tag) {
  const name = nameFor(tag);
  return name ? (await import(new URL(`i18n/${name}.js`, import.meta.url).href)).default : {};
}
