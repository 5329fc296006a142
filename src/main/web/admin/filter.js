/** Which comments are shown. The filter is the address, so it can be shared and gone back to. */
export const STATUSES = ['pending', 'published', 'rejected', 'spam', 'deleted'];

/** In the place of a status: whatever a legal notice or an appeal waits for. */
export const NOTICED = 'noticed';

/** What can be shown, in the order of the tabs. */
export const LISTS = ['pending', NOTICED, ...STATUSES.slice(1)];

/** What leaves out more than status and site do. */
export const NARROWING = ['reason', 'page', 'author', 'q'];

/** Without any of it. */
export const WIDE = Object.fromEntries(NARROWING.map((name) => [name, '']));

export const ORDERS = ['oldest', 'newest', 'due'];

/** What is due is only said of what waits, in one way or the other. */
export function ordersOf(status) {
  return status === 'pending' || status === NOTICED ? ORDERS : ORDERS.filter((order) => order !== 'due');
}

/** Who waits longest comes first; of what was decided, what is newest. */
export function usualOrder(status) {
  if (status === NOTICED) return 'due';
  return status === 'pending' ? 'oldest' : 'newest';
}

export function filterOf(search) {
  const parameters = new URLSearchParams(search);
  const pick = (name, allowed, usual) => (allowed.includes(parameters.get(name)) ? parameters.get(name) : usual);
  const status = pick('status', LISTS, 'pending');
  return {
    status,
    site: parameters.get('site') ?? '',
    ...Object.fromEntries(NARROWING.map((name) => [name, parameters.get(name) ?? ''])),
    order: pick('order', ordersOf(status), usualOrder(status)),
  };
}

/** The shortest address of a filter: what is as usual is left out. */
export function searchOf(filter) {
  const parameters = new URLSearchParams();
  if (filter.status !== 'pending') parameters.set('status', filter.status);
  if (filter.site) parameters.set('site', filter.site);
  for (const name of NARROWING) if (filter[name]) parameters.set(name, filter[name]);
  if (filter.order !== usualOrder(filter.status)) parameters.set('order', filter.order);
  const search = parameters.toString();
  return search ? `?${search}` : '';
}

export function sameFilter(one, other) {
  return searchOf(one) === searchOf(other);
}
