package afterword.rules;

import java.util.Set;

/**
 * A verdict, and what checks in shadow would have done.
 *
 * @param shadow reasons for which it would have been held or refused as well
 */
public record Ruling(Verdict verdict, Set<Reason> shadow) {}
