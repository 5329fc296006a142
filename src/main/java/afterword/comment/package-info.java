/** The write side: posting, and what belongs to the author of a comment. */
package afterword.comment;
