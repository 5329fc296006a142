package afterword.notice;

import java.util.Optional;

/**
 * What somebody says about a comment.
 *
 * @param law which one is broken, in the sender's words
 * @param name of the sender; with the e-mail empty where the category does not ask who it is
 */
record Notice(
    Category category,
    Optional<String> law,
    String explanation,
    Optional<String> name,
    Optional<String> email) {}
