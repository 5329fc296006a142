/** Talking to the service: JSON in, JSON or a Problem out. */

const DEADLINE = 20_000;

/** What went wrong: RFC 9457 members as sent; status 0 and slug "no-answer" if nothing came back. */
export class Problem extends Error {
  constructor(status, body = {}, retryAfter = 0) {
    super(body.detail ?? body.title ?? 'No answer');
    this.status = status;
    this.slug = status ? (body.type ?? '').split('/').pop() : 'no-answer';
    this.errors = body.errors ?? [];
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** Sends a request; the answer's status and JSON, or a Problem. */
export async function call(url, { method = 'GET', json, headers = {}, signal } = {}) {
  const limit = AbortSignal.any([AbortSignal.timeout(DEADLINE), signal].filter(Boolean));
  const request = { method, headers, credentials: 'omit', cache: 'no-cache', signal: limit };
  if (json) {
    request.body = JSON.stringify(json);
    request.headers = { 'Content-Type': 'application/json', ...headers };
  }
  return read(fetch(url, request));
}

/** An answer's status and JSON, or a Problem. */
export async function read(answer) {
  let response, text;
  try {
    response = await answer;
    text = await response.text();
  } catch {
    throw new Problem(0);
  }
  const body = parse(text || 'null');
  if (response.ok && (body || response.status === 204)) return { status: response.status, body };
  throw new Problem(response.status, body ?? {}, Number(response.headers.get('Retry-After')) || 0);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
