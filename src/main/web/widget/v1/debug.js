/**
 * data-debug: says, for the owner of a page, what the widget found and why nothing shows. In English, and in a
 * shadow root of its own.
 */
import styles from './debug-styles.js';
import { pageIdentity } from './page-identity.js';

const create = Document.prototype.createElement.bind(document);

/**
 * @param options the element's, as the widget understood them
 * @param loading as asked for, or nothing
 * @param canonical address of the page's rel=canonical, or nothing
 */
export function explain(host, options, loading, canonical) {
  const panel = (host.afterwordDebug ??= new Panel());
  panel.clear();
  panel.say('site', options.site ?? 'data-site is missing: nothing can load');
  panel.say('page', `"${options.page}" at ${options.url}`);
  aboutCanonical(panel, canonical, location.href);
  aboutPolicy(panel, options.api);
  if (loading === 'manual') panel.say('loading', "manual: nothing shows until the page calls the element's load()");
  else panel.say('loading', loading ?? 'lazy: it loads when a reader comes near');
  if (options.site) askService(panel, options);
}

function aboutCanonical(panel, canonical, address) {
  if (!canonical) return panel.say('canonical', 'the page has no rel=canonical; its address is the key');
  const [said, here] = [pageIdentity({ canonical, address }), pageIdentity({ address })];
  if (new URL(said.url).origin !== location.origin) {
    panel.warn('canonical', `rel=canonical is on another origin (${new URL(said.url).origin}): is that one of the site's?`);
  } else if (said.key !== here.key) {
    panel.warn('canonical', `rel=canonical says "${said.key}", the address "${here.key}": the canonical one is used`);
  }
}

/** What the page's content security policy kept from us, before and from now on. */
function aboutPolicy(panel, api) {
  const { origin } = new URL(api);
  const hear = ({ blockedURL, blockedURI, effectiveDirective }) => {
    const blocked = blockedURL ?? blockedURI;
    if (String(blocked).startsWith(origin)) panel.warn('policy', `the page's CSP (${effectiveDirective}) blocks ${blocked}`);
  };
  document.addEventListener('securitypolicyviolation', hear);
  if (!globalThis.ReportingObserver) return;
  const observer = new ReportingObserver((reports) => reports.forEach(({ body }) => hear(body)), {
    types: ['csp-violation'],
    buffered: true,
  });
  observer.observe();
}

async function askService(panel, { api, site, page }) {
  const base = `${api}sites/${encodeURIComponent(site)}/`;
  try {
    const answer = await fetch(base + 'thread?' + new URLSearchParams({ page, limit: 1 }), { credentials: 'omit' });
    const body = await answer.json();
    if (answer.status === 404) return panel.warn('site', `the service does not know a site "${site}"`);
    if (!answer.ok) return panel.warn('service', `answers ${answer.status}: ${body.detail ?? body.title}`);
    const { thread } = body;
    panel.say('thread', `${thread.count} published, ${thread.url ? 'known by ' + thread.url : 'nobody has written here yet'}`);
    if (!thread.open) panel.warn('closed', 'comments on this page are closed: there is no box');
    // A preview stores nothing, and is refused from where a post would be.
    const asked = await fetch(base + 'preview', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"body":"x"}',
      credentials: 'omit',
    });
    if (asked.status === 403) panel.warn('origin', `${location.origin} is not one of the site's origins: nobody can post here`);
    else panel.say('origin', `${location.origin} may post`);
  } catch (error) {
    panel.warn('service', `no answer from ${api}: ${error.message}. Is it running, and does the CSP's connect-src allow it?`);
  }
}

class Panel {
  constructor() {
    const outside = create('div');
    outside.setAttribute('data-afterword-debug', '');
    const root = outside.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    this.list = create('ul');
    const title = create('strong');
    title.textContent = 'Afterword';
    const close = create('button');
    close.textContent = 'Close';
    close.addEventListener('click', () => outside.remove());
    const section = create('section');
    section.setAttribute('aria-label', 'Afterword debug');
    section.append(title, close, this.list);
    root.append(section);
    Document.prototype.querySelector.call(document, 'body').append(outside);
  }

  clear() {
    this.list.replaceChildren();
  }

  say(about, text, kind = 'fine') {
    const item = create('li');
    item.className = kind;
    item.textContent = `${about}: ${text}`;
    this.list.append(item);
  }

  warn(about, text) {
    console.warn(`afterword: ${about}: ${text}`);
    this.say(about, text, 'wrong');
  }
}
