/**
 * Turns what people type into safe HTML and plain text, and keeps every text field clean. Untrusted
 * text becomes HTML here and nowhere else.
 *
 * <p>{@link afterword.markup.Markup} is the way in for bodies, {@link afterword.markup.PlainText}
 * for every text field, {@link afterword.markup.Href} for web addresses. Everything is pure and
 * deterministic.
 */
package afterword.markup;
