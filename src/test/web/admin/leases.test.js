import { Leases } from '../../../main/web/admin/leases.js';
import { equal, test } from '../testing.js';

/** A service that deals card after card, and notes what it is asked. */
function service(...cards) {
  const asked = [];
  let number = 0;
  return {
    asked,
    post: async (path, { n }) => ({ id: `l${++number}`, cards: cards.splice(0, n).map((id) => ({ id })), waiting: cards.length }),
    once: async (method, path) => {
      asked.push(`${method} ${path}`);
      if (path === 'leases/lgone') throw Object.assign(new Error('gone'), { status: 404 });
      return null;
    },
  };
}

function storage(ids = null) {
  const values = new Map(ids ? [['afterword-leases', JSON.stringify(ids)]] : []);
  return { getItem: (name) => values.get(name) ?? null, setItem: (name, value) => values.set(name, value) };
}

test('what is before the eyes is renewed, and what is done with is given back', async () => {
  const api = service('a', 'b', 'c');
  const leases = new Leases(api, storage());
  await leases.deal({ status: 'pending', q: '' }, 2);
  await leases.deal({ status: 'pending', q: '' }, 2);

  await leases.renew((id) => id === 'c');
  await leases.renew((id) => id === 'c');

  equal(api.asked, ['DELETE leases/l1', 'PATCH leases/l2', 'PATCH leases/l2']);
});

test('a page that is loaded anew gives back what the tab held before', async () => {
  const api = service();

  await new Leases(api, storage(['l9', 'lgone', '../tokens/1'])).release();

  equal(api.asked, ['DELETE leases/l9', 'DELETE leases/lgone']);
});

test('where nothing was dealt there is nothing to give back', async () => {
  const api = service();
  const leases = new Leases(api, storage());

  await leases.deal({}, 5);
  await leases.release();

  equal(api.asked, []);
});
