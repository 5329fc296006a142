/**
 * The learned filter: how much a comment looks like spam, and why. It holds and orders, never
 * deletes.
 */
package afterword.spam;
