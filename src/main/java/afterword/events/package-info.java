/**
 * What happened, appended in the same transaction as the change, and read by every other part in
 * order.
 */
package afterword.events;
