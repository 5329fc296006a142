package afterword.comment;

/**
 * A post that was taken.
 *
 * @param answer 201 published or 202 held, the same for a repeat
 * @param comment as it is now
 * @param repeated whether the key had been used before, so that nothing was stored now
 */
public record Posted(int answer, CommentRow comment, String ownerToken, boolean repeated) {}
