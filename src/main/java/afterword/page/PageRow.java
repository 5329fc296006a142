package afterword.page;

/**
 * A page as moves see it.
 *
 * @param url null where none is known
 */
record PageRow(long id, String key, String url) {}
