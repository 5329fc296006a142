/**
 * The one client for outgoing calls: every address is judged before anybody connects to it. And the
 * way to the mail server, which the operator names.
 */
package afterword.outbound;
