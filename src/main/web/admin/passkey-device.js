/** Asks the browser, and through it a device, for passkeys; JSON as the service speaks it in and out. */

/** Whether this browser can have passkeys at this address. */
export function passkeysPossible(scope = globalThis) {
  return scope.isSecureContext === true && typeof scope.PublicKeyCredential === 'function' && !/^[\d.]+$|:/.test(scope.location.hostname);
}

/** What was made, or null where the person changed their mind or the device would not. */
export async function makePasskey(asked) {
  const publicKey = {
    ...asked,
    challenge: toBytes(asked.challenge),
    user: { ...asked.user, id: toBytes(asked.user.id) },
    excludeCredentials: asked.excludeCredentials.map((one) => ({ ...one, id: toBytes(one.id) })),
  };
  const made = await unlessRefused(() => navigator.credentials.create({ publicKey }));
  return made && {
    attestationObject: toText(made.response.attestationObject),
    clientDataJSON: toText(made.response.clientDataJSON),
    transports: made.response.getTransports?.() ?? [],
  };
}

/** What a device shows, or null as above. */
export async function showPasskey(asked) {
  const publicKey = { ...asked, challenge: toBytes(asked.challenge) };
  const shown = await unlessRefused(() => navigator.credentials.get({ publicKey }));
  return shown && {
    id: toText(shown.rawId),
    response: {
      authenticatorData: toText(shown.response.authenticatorData),
      clientDataJSON: toText(shown.response.clientDataJSON),
      signature: toText(shown.response.signature),
      userHandle: toText(shown.response.userHandle ?? new ArrayBuffer(0)),
    },
  };
}

/** Browsers say little of why, so that pages cannot tell who has which keys. */
async function unlessRefused(ask) {
  try {
    return await ask();
  } catch (refused) {
    if (refused instanceof DOMException) return null;
    throw refused;
  }
}

export function toText(buffer) {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function toBytes(text) {
  const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
