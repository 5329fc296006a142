/** Which comments are shown. The filter is the address, so it can be shared and gone back to. */
export const STATUSES = ['pending', 'published', 'rejected', 'spam', 'deleted'];

const ORDERS = ['oldest', 'newest'];

export function filterOf(search) {
  const parameters = new URLSearchParams(search);
  const pick = (name, allowed) => (allowed.includes(parameters.get(name)) ? parameters.get(name) : allowed[0]);
  return {
    status: pick('status', STATUSES),
    site: parameters.get('site') ?? '',
    reason: parameters.get('reason') ?? '',
    order: pick('order', ORDERS),
  };
}

/** The shortest address of a filter: what is as usual is left out. */
export function searchOf(filter) {
  const parameters = new URLSearchParams();
  if (filter.status !== STATUSES[0]) parameters.set('status', filter.status);
  if (filter.site) parameters.set('site', filter.site);
  if (filter.reason) parameters.set('reason', filter.reason);
  if (filter.order !== ORDERS[0]) parameters.set('order', filter.order);
  const search = parameters.toString();
  return search ? `?${search}` : '';
}

export function sameFilter(one, other) {
  return searchOf(one) === searchOf(other);
}
