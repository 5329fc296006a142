/** Sends a comment so that it is stored once, whatever gets lost on the way. */
import { Problem, call } from './reading.js';

const AGAIN_AFTER = 1_000;

/**
 * @param {object} content what the key stands for: page, parentId, author, body
 * @param {object} circumstances what may differ between attempts: commenterKey, trap, elapsedMs, proof
 * @returns {Promise<{comment, ownerToken, earlier}>} `earlier`: an attempt with another text had been stored
 */
export async function post(thread, draft, content, circumstances) {
  const send = async (json, proofs = 3) => {
    try {
      return await call(thread.siteAddress('comments'), {
        method: 'POST',
        headers: { 'Idempotency-Key': draft.key() },
        json: { ...json, ...circumstances },
      });
    } catch (problem) {
      if (problem.status !== 428 || !proofs) throw problem;
      const solving = await import('./proof.js').catch(() => Promise.reject(new Problem(0)));
      circumstances.proof = await solving.prove(thread, problem.body.challenge);
      return send(json, proofs - 1);
    }
  };
  const { sent } = draft.read() ?? {};
  // What shall be sent later still shall, should the reader leave before there is an answer.
  draft.write({ sent: sent ?? content });
  try {
    const { body } = await patiently(() => send(content));
    return body;
  } catch (problem) {
    if (problem.slug === 'idempotency-key-reused' && sent) {
      // The answer to an earlier attempt was lost, but the comment was not.
      const { body } = await patiently(() => send(sent));
      return { ...body, earlier: true };
    }
    // An answer, whatever it says, leaves the key free; no answer leaves us in doubt.
    draft.write(answered(problem) ? { sent: undefined, later: undefined } : { later: undefined });
    throw problem;
  }
}

/** Tries once more when nothing came back, and as long as our own first attempt is still under way. */
async function patiently(send) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const again = problem.slug === 'in-flight' ? attempt < 5 : !answered(problem) && navigator.onLine && attempt < 1;
      if (!again) throw problem;
      await new Promise((done) => setTimeout(done, AGAIN_AFTER));
    }
  }
}

/** A gateway's 502 or 504 says nothing about what happened behind it. */
function answered({ status }) {
  return status !== 0 && status !== 502 && status !== 504;
}
