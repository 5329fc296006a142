/** Registers <afterword-comments> for pages that are built with a bundler; the rest comes from the service. */
import { AfterwordComments, define } from './src/element.js';

export { AfterwordComments };

/**
 * Once per page, however often it is called and whether or not the script tag is there too.
 *
 * @param {{service: string, site: string}} options the service's address, the site's key, and defaults for the
 *   element's attributes
 */
export function defineAfterword({ service, ...defaults }) {
  define(new URL('embed/', service.replace(/\/*$/, '/')), defaults);
}
