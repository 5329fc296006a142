/**
 * What leaves the service about comments: out of the outbox once a change has stood for a while,
 * into signed calls to the webhooks of a site; and mail to moderators for whom something waits.
 */
package afterword.notify;
