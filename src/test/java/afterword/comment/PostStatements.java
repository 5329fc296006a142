package afterword.comment;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * For measurements beside the service: what a post that nothing stands in the way of asks the
 * database, as a script for pgbench. What the service hands out per post is handed out by the
 * statement itself.
 */
public final class PostStatements {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  /** New in every run: ids, the key and the text's fingerprints. Besides, what is not there. */
  private static final Map<Integer, String> INSERT_WORDS =
      Map.ofEntries(
          Map.entry(4, "null::bigint"),
          Map.entry(9, "null::timestamptz"),
          Map.entry(12, "null::bytea"),
          Map.entry(14, "nextval('comment_id')"),
          Map.entry(15, "currval('comment_id')"),
          Map.entry(18, "null::text"),
          Map.entry(19, "null::text"),
          Map.entry(26, "sha256(currval('comment_id')::text::bytea)"),
          Map.entry(31, "''::text"),
          Map.entry(32, "sha256(id::text::bytea)"),
          Map.entry(35, "null::text"),
          Map.entry(39, "null::jsonb"),
          Map.entry(40, "null::text[]"),
          Map.entry(41, prints(NearPrints.KEPT)),
          Map.entry(44, "null::bytea"));

  private static final Map<Integer, String> FACT_WORDS =
      Map.of(
          3,
          "null::bytea",
          7,
          "null::text",
          5,
          "sha256(:lock::text::bytea)",
          15,
          prints(NearPrints.LOOKED_FOR));

  private PostStatements() {}

  /** What is committed. */
  public static String transaction() {
    return drawn(NearPrints.KEPT) + named("i", CommentStore.INSERT, INSERT_WORDS);
  }

  /** What is asked before, and what is committed. */
  public static String whole() {
    return drawn(NearPrints.LOOKED_FOR)
        + named("f", FactStore.KNOWN, FACT_WORDS)
        + named("i", CommentStore.INSERT, INSERT_WORDS);
  }

  private static String drawn(int prints) {
    var sets = new StringBuilder("\\set page random(1, 100)\n").append(drawn("lock"));
    for (int i = 1; i <= prints; i++) sets.append(drawn("print" + i));
    return sets.toString();
  }

  private static String drawn(String variable) {
    return "\\set " + variable + " random(1, 4611686018427387904)\n";
  }

  /** As drawn: nobody else's. */
  private static String prints(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> ":print" + i + "::bigint")
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  /** Values of the variables of both, by name; empty ones are words of the statement. */
  public static Map<String, String> variables(String text, String html) {
    String hash = "\\x" + "ab".repeat(32);
    var nameToValue = new TreeMap<String, String>();
    String[] insert = {
      "",
      "",
      "2026-01-01 00:00:00Z",
      "1",
      "",
      "",
      "page-1",
      "https://blog.example/page-1",
      "Page",
      "",
      "true",
      "7",
      "",
      "true",
      "",
      "",
      "0",
      "Ada",
      "",
      "",
      text,
      html,
      text,
      "published",
      "{}",
      "1",
      "",
      hash,
      hash,
      hash,
      "1",
      "",
      "",
      hash,
      "201",
      "",
      "{}",
      "{}",
      "2026-01-01 00:00:00Z",
      "",
      "",
      "",
      "0"
    };
    for (int i = 1; i < insert.length; i++)
      if (!insert[i].isEmpty()) nameToValue.put("i" + i, insert[i]);
    String[] facts = {
      "",
      "1",
      "page-1",
      "",
      "0",
      "",
      "10",
      "",
      hash,
      "2026-01-01 00:00:00Z",
      "2026-01-02 00:00:00Z",
      hash,
      "127.0.0.1",
      "2025-12-01 00:00:00Z",
      "true",
      "",
      "5",
      "8",
      "5"
    };
    for (int i = 1; i < facts.length; i++)
      if (!facts[i].isEmpty()) nameToValue.put("f" + i, facts[i]);
    return nameToValue;
  }

  private static String named(String prefix, String sql, Map<Integer, String> words) {
    return PARAMETER
            .matcher(sql)
            .replaceAll(
                found -> {
                  int number = Integer.parseInt(found.group(1));
                  boolean lock = prefix.equals("i") && number == 1;
                  boolean page = prefix.equals("i") && number == 5;
                  String word = words.get(number);
                  return word != null
                      ? word
                      : lock ? ":lock" : page ? ":page" : ":" + prefix + number;
                })
        + ";\n";
  }
}
