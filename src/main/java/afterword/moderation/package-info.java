/** What moderators do: the queue of comments that wait, decisions, and taking them back. */
package afterword.moderation;
