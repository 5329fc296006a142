import { Api } from '../../../main/web/admin/api.js';
import { equal, test } from '../testing.js';

/** What asking for something comes to when this is answered. */
async function told(response) {
  const api = new Api({ fetch: async () => response });
  return api.get('queue').catch((problem) => problem.slug);
}

test('an answer that breaks off is none, as when the network is away', async () => {
  equal(await told(new Response('{"waiting": 3}')), { waiting: 3 });
  equal(await told(new Response('{"waiting": ')), 'offline');
  equal(await told(new Response('')), 'offline');
  equal(await told(new Response(null, { status: 204 })), null);
  equal(await told(new Response('<h1>Bad gateway</h1>', { status: 502 })), 'status-502');
});
