import { Paging } from '../../../main/web/admin/paging.js';
import { Queue } from '../../../main/web/admin/queue.js';
import { equal, test } from '../testing.js';

// Outside a browser nothing is hidden and nothing scrolls.
globalThis.document ??= { hidden: false };
globalThis.scrollTo ??= () => {};

const nothing = () => {};
const soon = () => new Promise((done) => setTimeout(done));

/** A desk at what waits. Deals and the giving back of leases end when the test says so. */
function stage() {
  const deals = [];
  const releases = [];
  const waits = (list) => () => new Promise((done) => list.push(done));
  const desk = {
    filter: { status: 'pending', site: '' },
    queue: new Queue(),
    givenBack: 0,
    leases: { deal: waits(deals), release: waits(releases) },
    api: { get: async () => ({}) },
    session: { moderator: {}, mayDecideAll: () => true },
    outbox: { idle: true },
    view: { loading: nothing, loaded: nothing, more: nothing, empty: nothing, end: nothing, follow: nothing, isNearEnd: () => false },
    header: { noticed: nothing, counted: nothing },
    announcer: { say: nothing },
    messages: { say: () => '' },
    draw: nothing,
    renew: () => desk.givenBack++,
  };
  return { desk, deals, releases, paging: new Paging(desk) };
}

function pageOf(id) {
  return { cards: [{ id, version: 1, site: 'blog' }], waiting: 1, noticed: 0 };
}

const shown = (desk) => desk.queue.cards.map((card) => card.id);

test('news that come while another filter is being opened deal nothing beside it', async () => {
  const { desk, deals, releases, paging } = stage();
  paging.begin();
  paging.told(5);
  paging.knock();
  equal(deals.length, 0);
  releases[0]();
  await soon();
  equal(deals.length, 1);
  deals[0](pageOf('c1'));
  await soon();
  equal(shown(desk), ['c1']);
});

test('what is dealt for a filter that is not shown any more is given back', async () => {
  const { desk, deals, releases, paging } = stage();
  paging.admit();
  desk.filter = { status: 'pending', site: 'blog' };
  paging.begin();
  deals[0](pageOf('c1'));
  await soon();
  equal([shown(desk), desk.givenBack], [[], 1]);
  releases[0]();
  await soon();
  deals[1](pageOf('c2'));
  await soon();
  equal(shown(desk), ['c2']);
});

test('what came is shown also where the next page is fetched meanwhile', async () => {
  const { desk, deals, paging } = stage();
  desk.queue.fill({ ...pageOf('c1'), next: 'more' });
  paging.admit();
  paging.ahead();
  equal(deals.length, 2);
  deals[0](pageOf('c2'));
  await soon();
  equal(shown(desk), ['c1', 'c2']);
});
