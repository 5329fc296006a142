// A real OpenID Provider for the tests of sign-in: one person, signed in without being asked, whose claims and
// whose keys the tests change by POST /control. Prints its port.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const SCOPES = 'openid email profile groups offline_access';
let person = { sub: 'u-1', email: 'ada@blog.example', email_verified: true, name: 'Ada', groups: [] };
let provider;

const server = createServer(async (request, response) => {
  if (request.url === '/control') return control(request, response);
  if (request.url.startsWith('/interaction/')) return provider.interactionFinished(request, response, { login: { accountId: person.sub } });
  return provider.callback()(request, response);
});
server.listen(0, '127.0.0.1', () => {
  rotate();
  console.log(server.address().port);
});

async function control(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { person: changed, rotate: anew } = JSON.parse(body);
  if (changed !== undefined) person = changed && { ...person, ...changed };
  if (anew) rotate();
  response.writeHead(204).end();
}

/** With keys that were never seen before. */
function rotate() {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  provider = new Provider(`http://localhost:${server.address().port}`, {
    jwks: { keys: [{ ...key, kid: randomUUID(), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['not a secret'] },
    clients: [{
      client_id: 'afterword',
      client_secret: 'a secret of both',
      redirect_uris: [process.argv[2]],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    }],
    scopes: SCOPES.split(' '),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    issueRefreshToken: async () => true,
    interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: async (context, id) => (person && id === person.sub ? { accountId: id, claims: async () => person } : undefined),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(SCOPES);
      await grant.save();
      return grant;
    },
  });
}
