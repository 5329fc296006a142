/** Where the service answers for a page. */
export function threadAddress({ api, site, page, order }, more = {}) {
  return `${api}sites/${encodeURIComponent(site)}/thread?${new URLSearchParams({ page, order, ...more })}`;
}
