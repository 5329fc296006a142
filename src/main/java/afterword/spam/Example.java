package afterword.spam;

/**
 * Something to learn from.
 *
 * @param weight 1 for a moderator's decision
 */
record Example(Features features, boolean spam, double weight) {}
