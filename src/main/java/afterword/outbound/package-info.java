/** The one client for outgoing calls: every address is judged before anybody connects to it. */
package afterword.outbound;
