/**
 * Page identity: which discussion an address belongs to. The service has the same function; both are
 * held to the spellings in src/test/resources/page-identity.json.
 */

/** Parameters that say where a visitor came from, never which page this is. Compared in lower case. */
const TRACKING =
  /^(utm_.*|pk_.*|mtm_.*|hsa_.*|fb_(action_ids|action_types|source|ref)|_hs(enc|mi)|gad_(source|campaignid)|mc_(cid|eid|tc)|li_fat_id|ml_subscriber(_hash)?|oly_(anon|enc)_id|rb_clickid|ref_src|ref_url|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|srsltid|epik|rdt_cid|sccid|s_kwcid|mkt_tok|vero_id|wickedid|dm_i|_openstat|_ga|_gl|_kx|__twitter_impression)$/;

/** Where a Blogger page lives: m=1 there is the same page in its telephone dress. */
const BLOGGER_HOST = /\.blogspot\.[a-z.]+$/;
const BLOGGER_PATH = /^\/(\d{4}\/\d\d|p)\/[^/]+\.html$/;

/**
 * The key and the address of a page.
 *
 * @param {{page?: string|null, url?: string|null, canonical?: string|null, address: string}} place
 *   page: an explicit key, used byte for byte, or an absolute address; url: an explicit address;
 *   canonical: what the page's rel=canonical says; address: where the browser is
 * @returns {{key: string, url: string}}
 */
export function pageIdentity({ page, url, canonical, address }) {
  const at = parse(url, address) ?? parse(canonical, address) ?? new URL(address);
  at.hash = '';
  if (page && !/^https?:\/\//i.test(page)) return { key: page, url: at.href };
  return { key: pageKey(page || at.href), url: at.href };
}

/** The key of an absolute address. */
export function pageKey(address) {
  const { hostname, pathname, search } = new URL(address);
  const blogger = BLOGGER_HOST.test(hostname) || BLOGGER_PATH.test(pathname);
  const query = search
    .slice(1)
    .split('&')
    .filter((pair) => pair && !isTracking(pair.split('=')[0].toLowerCase(), blogger))
    .join('&');
  // "^" and "|" are escaped by some browsers only, so we do it for all.
  const path = pathname.replace(/[|^]/g, encodeURIComponent);
  return (path + (query && '?' + query)).slice(1) || '/';
}

function isTracking(name, blogger) {
  return TRACKING.test(name) || (blogger && name === 'm');
}

/** An http address, or null: an empty or odd canonical link is as good as none. */
function parse(text, base) {
  try {
    const url = text ? new URL(text, base) : null;
    return url && /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
