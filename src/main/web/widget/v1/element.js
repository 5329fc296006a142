/** <afterword-comments>: loads when it comes near, again when its page changes, stops when it leaves. */
import { threadAddress } from './address.js';
import { MODULES } from './modules.js';
import { pageIdentity } from './page-identity.js';

const OPTIONS = ['site', 'page', 'url', 'lang', 'theme', 'order', 'heading-level'];

let embed;
let defaults = {};

/** Registers the element once, however often it is loaded; the first tag's options are the defaults. */
export function define(address, options) {
  if (customElements.get('afterword-comments')) return;
  embed = address;
  defaults = options;
  customElements.define('afterword-comments', AfterwordComments);
}

export class AfterwordComments extends HTMLElement {
  static observedAttributes = OPTIONS.flatMap((name) => [name, 'data-' + name]);

  #stop = null;

  connectedCallback() {
    this.#restart();
  }

  attributeChangedCallback(name, before, after) {
    if (this.#stop && before !== after) this.#restart();
  }

  disconnectedCallback() {
    this.#stop?.abort();
    this.#stop = null;
  }

  /** Loads now, or anew, whatever data-loading says. */
  load() {
    this.#restart(true);
  }

  /** Attributes that change together make one load: it begins when the script that set them is done. */
  #restart(now = false) {
    this.#stop?.abort();
    const { signal } = (this.#stop = new AbortController());
    queueMicrotask(() => {
      if (signal.aborted) return;
      const loading = this.#option('loading');
      this.#debug(loading);
      if (now || loading === 'eager' || location.hash.startsWith('#comment')) this.#load(signal);
      else if (loading !== 'manual') this.#whenNear(() => this.#load(signal), signal);
    });
  }

  #whenNear(then, signal) {
    // An element without height never "intersects" in the layout sense of older browsers.
    if (!this.shadowRoot && !this.firstChild) this.style.cssText = 'display:block;min-height:16em';
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        then();
      },
      { rootMargin: '1200px' },
    );
    observer.observe(this);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** The reading module and the thread travel side by side. */
  #load(signal) {
    const options = this.#options();
    if (!options.site) return console.error('afterword: data-site is missing');
    // Asked anew each time, if only for a 304: the browser's stale copy would lack one's own last comment.
    const answer = fetch(threadAddress(options), { credentials: 'omit', cache: 'no-cache', signal });
    answer.catch(() => {});
    import(new URL(MODULES + 'reading.js', embed).href)
      .then((reading) => signal.aborted || reading.draw(this, options, answer, signal))
      .catch((error) => {
        console.error('afterword:', error);
        this.dispatchEvent(new CustomEvent('afterword:error', { bubbles: true, detail: { error } }));
      });
  }

  /** For owners who ask why nothing shows. */
  #debug(loading) {
    if (this.#option('debug') === null) return;
    const explain = ({ explain }) => explain(this, this.#options(), loading, canonicalLink());
    import(new URL(MODULES + 'debug.js', embed).href).then(explain, (error) => console.error('afterword:', error));
  }

  #options() {
    const identity = pageIdentity({
      page: this.#option('page'),
      url: this.#option('url'),
      canonical: canonicalLink(),
      address: location.href,
    });
    return {
      api: new URL('../api/v1/', embed).href,
      site: this.#option('site'),
      page: identity.key,
      url: identity.url,
      title: this.#option('title'),
      published: this.#option('published'),
      theme: this.#option('theme') ?? 'auto',
      lang: this.#option('lang') ?? this.closest('[lang]')?.lang ?? navigator.language,
      order: this.#option('order') ?? 'newest',
      level: Number(this.#option('heading-level')) || 2,
    };
  }

  /** `data-title` on the element or the tag; the plain attribute too, but `title`, which is a tooltip. */
  #option(name) {
    const plain = name === 'title' ? null : this.getAttribute(name);
    return this.getAttribute('data-' + name) ?? plain ?? defaults[name] ?? null;
  }
}

/** The host's own, whatever its page calls "querySelector". */
function canonicalLink() {
  return Document.prototype.querySelector.call(document, 'link[rel~="canonical"]')?.href;
}
