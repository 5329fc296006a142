package afterword.markup;

/**
 * One link as a reader meets it.
 *
 * @param href absolute, http, https or mailto, percent-encoded ASCII
 * @param host lower case, international names in their {@code xn--} form; for mailto the part after
 *     the "@"
 * @param text what is shown and can be clicked
 */
public record Link(String href, String host, String text) {}
