/** A refusal by the service (or by the network, slug "offline"), told apart by its slug. */
export class Problem extends Error {
  constructor({ slug, status = 0, detail = '', errors = [], retryAfter = null }) {
    super(detail || slug);
    Object.assign(this, { slug, status, detail, errors, retryAfter });
  }

  static async of(response) {
    const body = await response.json().catch(() => ({}));
    return new Problem({
      slug: String(body.type ?? '').split('/').pop() || `status-${response.status}`,
      status: response.status,
      detail: body.detail ?? body.title ?? '',
      errors: body.errors ?? [],
      retryAfter: Number(response.headers.get('Retry-After')) || null,
    });
  }
}

const DEADLINE_MS = 15_000;
/** For answers that come bit by bit. */
const LONG_MS = 120_000;
const SAFE = ['GET', 'HEAD'];

/** JSON calls to the moderators' part of the service, in the name of the cookie's session. */
export class Api {
  csrf = null;

  /** signedOut() is called when the session has ended; it answers when there is a new one, or false. */
  constructor({ signedOut = async () => false, fetch = (...args) => globalThis.fetch(...args) } = {}) {
    this.signedOut = signedOut;
    this.fetch = fetch;
  }

  get(path, parameters = {}) {
    const query = new URLSearchParams(
      Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ''),
    ).toString();
    return this.call('GET', query ? `${path}?${query}` : path);
  }

  post(path, body) {
    return this.call('POST', path, body);
  }

  /** As once(), and once more after the moderator has signed in again. */
  call(method, path, body) {
    return this.#again(() => this.once(method, path, body));
  }

  /** A POST whose answer is a line of JSON after the other; each is handed on as it arrives. */
  lines(path, body, take) {
    return this.#again(async () => {
      const response = await this.send('POST', path, body, { accept: 'application/x-ndjson', within: LONG_MS });
      if (!response.ok) throw await Problem.of(response);
      for await (const line of linesOf(response.body)) take(JSON.parse(line));
    });
  }

  async #again(ask) {
    try {
      return await ask();
    } catch (problem) {
      const again = problem.slug === 'csrf' ? await this.renew() : problem.status === 401 && (await this.signedOut());
      if (!again) throw problem;
      return ask();
    }
  }

  /** One request: the answer's JSON (null for 204), or a Problem is thrown; also where the answer breaks off. */
  async once(method, path, body) {
    const response = await this.send(method, path, body);
    if (!response.ok) throw await Problem.of(response);
    return response.status === 204 ? null : response.json().catch(offline);
  }

  async send(method, path, body, { accept = 'application/json', within = DEADLINE_MS } = {}) {
    const headers = { Accept: accept };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (!SAFE.includes(method) && this.csrf) headers['X-CSRF-Token'] = this.csrf;
    try {
      return await this.fetch(`/api/v1/admin/${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'same-origin',
        // A decision made just before the tab is closed still arrives.
        keepalive: !SAFE.includes(method),
        signal: AbortSignal.timeout(within),
      });
    } catch {
      offline();
    }
  }

  /** Another tab may have signed in anew: the session is fine, only our token is old. */
  async renew() {
    const session = await this.once('GET', 'session').catch(() => null);
    if (!session || session.csrf === this.csrf) return false;
    this.csrf = session.csrf;
    return true;
  }
}

async function* linesOf(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      yield* parts;
    }
  } catch {
    offline();
  }
}

/** There was no answer, or it broke off. */
function offline() {
  throw new Problem({ slug: 'offline' });
}
