import { passkeysPossible, toBytes, toText } from '../../../main/web/admin/passkey-device.js';
import { refusalIn } from '../../../main/web/admin/sign-in.js';
import { equal, test } from '../testing.js';

test('bytes come back from base64url as they were', () => {
  for (const bytes of [[], [0], [251, 255, 190], Array.from({ length: 256 }, (_, byte) => byte)])
    equal([...toBytes(toText(new Uint8Array(bytes)))], bytes);
  equal(toText(new Uint8Array([251, 255, 190, 1])), '-_--AQ');
});

test('passkeys are offered where a browser can have them', () => {
  const browser = (hostname, more = {}) => ({ isSecureContext: true, PublicKeyCredential: class {}, location: { hostname }, ...more });
  equal(passkeysPossible(browser('comments.example')), true);
  equal(passkeysPossible(browser('localhost')), true);
  equal(passkeysPossible(browser('127.0.0.1')), false);
  equal(passkeysPossible(browser('[::1]')), false);
  equal(passkeysPossible(browser('comments.example', { isSecureContext: false })), false);
  equal(passkeysPossible(browser('comments.example', { PublicKeyCredential: undefined })), false);
});

test('why nobody was let in is read once, and only words that we know', () => {
  let cleared = 0;
  const history = { replaceState: () => cleared++ };
  equal(refusalIn({ hash: '#not-signed-in=role', pathname: '/admin' }, history), 'signIn.provider.role');
  equal(refusalIn({ hash: '#not-signed-in=<b>', pathname: '/admin' }, history), null);
  equal(refusalIn({ hash: '', pathname: '/admin' }, history), null);
  equal(cleared, 1);
});
