package afterword.model;

/**
 * One thing that is wrong with one place of a request.
 *
 * @param pointer RFC 6901 pointer into the body ("/author/name"), or "?limit" for a query parameter
 * @param code stable word for programs, such as "required" or "too-long"
 * @param detail what to do about it, for people
 */
public record FieldError(String pointer, String code, String detail) {}
