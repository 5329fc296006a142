/**
 * What leaves the service about comments: out of the outbox once a change has stood for a while,
 * into signed calls to the webhooks of a site.
 */
package afterword.notify;
