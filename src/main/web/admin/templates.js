import { REASONS } from './actions.js';

/** Why comments are rejected, by the digit that says so: in a site's own words, or the usual ones. */
export class Templates {
  #siteToOwn = null;

  /** desk: {api, messages} */
  constructor(desk) {
    this.desk = desk;
  }

  async load() {
    const { sites } = await this.desk.api.get('sites').catch(() => ({ sites: [] }));
    this.#siteToOwn = new Map(sites.map(({ key, rejectTemplates }) => [key, rejectTemplates]));
  }

  /** [{action: 'reject1', reason, words}]; none until it is known whether the site has its own. */
  of(site) {
    if (!this.#siteToOwn) return [];
    const own = this.#siteToOwn.get(site) ?? [];
    const reasons = own.length > 0 ? own : USUAL;
    return reasons.map((reason, n) => ({ action: `reject${n + 1}`, reason, words: this.words(reason) }));
  }

  reasonOf(site, action) {
    return this.of(site).find((template) => template.action === action)?.reason ?? null;
  }

  /** A usual reason in the moderator's language, any other as the site put it. */
  words(reason) {
    const key = `because.${reason}`;
    return this.desk.messages.has(key) ? this.desk.messages.say(key) : reason;
  }
}

const USUAL = Object.values(REASONS).filter(Boolean);
