package afterword.spam;

/**
 * A comment that a moderator has decided on, and the decision stands.
 *
 * @param writing as it was when it was decided on
 */
record Decided(long comment, Writing writing, boolean spam) {}
