package afterword.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.postgresql.PGConnection;

/**
 * Fills a database with a site "bench": 2,000,000 comments in 20,000 threads, or fewer. {@code
 * bin/bench seed --data-dir=FOLDER} keeps it for {@code bin/bench read --data-dir=FOLDER}.
 */
final class SeedBench implements Benchmark {
  static final String SITE = "bench";

  private static final String[] WORDS =
      ("the a of to and in is that it for was on are as with they at be this have from or had by but some"
              + " what there we can out other were all your when up use word how said an each she which do"
              + " their time if will way about many then them would write like so these her long make thing"
              + " see him two has look more day could go come did my sound no most number who over know water"
              + " than call first people may down side been now find any new work part take get place made")
          .split(" ");

  @Override
  public void measure(Run run) throws Exception {
    try (var database = BenchDatabase.open(run)) {
      fill(run, database);
    }
  }

  /** Does nothing where the site is there already. */
  static void fill(Run run, BenchDatabase database) throws Exception {
    int comments = run.scale.of(3_000, 100_000, 2_000_000);
    int threads = run.scale.of(30, 1_000, 20_000);
    var owner = database.asOwner();
    String present = owner.ask("select count(*) from comment");
    if (present.equals(Integer.toString(comments))) {
      run.say("%s comments are there already", present);
      return;
    }
    if (!present.equals("0")) throw new IllegalStateException("holds " + present + " comments");
    run.say("making %,d comments in %,d threads", comments, threads);
    long begin = System.nanoTime();
    var people = new Population(comments, threads);
    try (Connection connection = owner.connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute(BEFORE.formatted(threads, 50_000));
        List<String> dropped = dropped(statement);
        copy(connection, COMMENTS, new Rows(comments, i -> comment(people, i)));
        copy(connection, VOTES, new Rows(comments, i -> votes(people, i)));
        run.say("indexing and counting");
        for (String definition : dropped) statement.execute(definition);
        statement.execute(AFTER.formatted(comments));
      }
      connection.commit();
      connection.setAutoCommit(true);
      try (var statement = connection.createStatement()) {
        statement.execute("vacuum (analyze)");
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    run.figure("seeded_comments", comments, "count", Goal.exactly(comments));
    run.figure("seed_s", seconds, "s", Goal.stated());
    run.figure(
        "deepest",
        Double.parseDouble(owner.ask("select max(depth) from comment")),
        "levels",
        Goal.stated());
    run.figure(
        "largest_thread",
        Double.parseDouble(owner.ask("select count(*) from comment where thread_id = 1")),
        "count",
        Goal.stated());
    run.figure(
        "database_mb",
        Double.parseDouble(owner.ask("select pg_database_size(current_database()) / 1048576")),
        "MB",
        Goal.stated());
  }

  static String pageKey(int thread) {
    return "t" + (thread + 1);
  }

  private static final String BEFORE =
      """
      insert into site (id, key, name, origins) values (1, 'bench', 'Bench', '{https://bench.example}');
      insert into page (site_id, id, key, url, title, first_seen_at)
      select 1, i, 't' || i, 'https://bench.example/t' || i, 'Thread ' || i, '2024-01-01'
      from generate_series(1, %d) i;
      insert into commenter (site_id, id, key_hash, first_seen_at)
      select 1, i, sha256(convert_to(i::text, 'UTF8')), '2024-01-01' from generate_series(1, %d) i;
      """;

  private static final String COMMENTS =
      """
      copy comment (site_id, id, thread_id, parent_id, root_id, depth, commenter_id, author_name, source, html,
        text, status, shown, rules_version, fingerprint, owner_token_hash, created_at) from stdin
      """;

  private static final String VOTES =
      "copy vote (site_id, comment_id, commenter_id, value, range_hash, changed_at) from stdin";

  private static final String AFTER =
      """
      insert into thread_counter
      select 1, thread_id, count(*) from comment where status = 'published' group by thread_id;
      insert into reply_counter
      select 1, root_id, count(*) from comment where status = 'published' and parent_id is not null group by root_id;
      insert into comment_score
      select 1, comment_id, count(*) filter (where value = 1), count(*) filter (where value = -1)
      from vote group by comment_id;
      insert into comment_rank (site_id, comment_id, since, until, thread_id, rank, created_at)
      select 1, c.id, 1, 9223372036854775807, c.thread_id, rank_of(s.up, s.down), c.created_at
      from comment_score s join comment c on c.site_id = 1 and c.id = s.comment_id
      where c.parent_id is null and rank_of(s.up, s.down) <> 0;
      select setval('comment_id', %1$d + 1000), setval('page_id', 1000000), setval('commenter_id', 1000000),
        setval('site_id_seq', 1000);
      """;

  /** About two years, in the order of their numbers. */
  private static String comment(Population people, int i) {
    var random = new SplittableRandom(i);
    var text = new StringBuilder();
    int words = 5 + random.nextInt(60);
    for (int w = 0; w < words; w++)
      text.append(w == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    int commenter = random.nextInt(50_000) + 1;
    return String.join(
            "\t",
            "1",
            Integer.toString(i + 1),
            Integer.toString(people.thread[i] + 1),
            people.parent[i] < 0 ? "\\N" : Integer.toString(people.parent[i] + 1),
            Integer.toString(people.root[i] + 1),
            Byte.toString(people.depth[i]),
            Integer.toString(commenter),
            "Person " + commenter,
            text,
            "<p>" + text + "</p>",
            text,
            Population.STATUSES[people.status[i]],
            people.shown[i] ? "t" : "f",
            "1",
            "\\\\x" + Integer.toHexString(0x10000000 + i),
            "\\\\x00",
            time(i, people.size()))
        + "\n";
  }

  /** Every fifth comment has a few, most of them for it. */
  private static String votes(Population people, int i) {
    var random = new SplittableRandom(1_000_000_007L + i);
    if (random.nextInt(5) > 0) return "";
    var rows = new StringBuilder();
    int votes = 1 + random.nextInt(8);
    int first = random.nextInt(40_000) + 1;
    for (int v = 0; v < votes; v++) {
      rows.append("1\t").append(i + 1).append('\t').append(first + v).append('\t');
      rows.append(random.nextInt(4) == 0 ? -1 : 1).append("\t\\\\x00\t");
      rows.append(time(i, people.size())).append('\n');
    }
    return rows.toString();
  }

  private static String time(int i, int of) {
    long seconds = 1_704_067_200L + (long) (63_000_000.0 * i / of);
    return java.time.Instant.ofEpochSecond(seconds).toString();
  }

  /** Indexes and foreign keys of the large table, made again at the end, when that is quick. */
  private static List<String> dropped(Statement statement) throws SQLException {
    var drop = new ArrayList<String>();
    var again = new ArrayList<String>();
    var rows = statement.executeQuery(DEFINITIONS);
    while (rows.next()) {
      drop.add(rows.getString(1));
      again.add(rows.getString(2));
    }
    for (String sql : drop) statement.execute(sql);
    return again;
  }

  private static final String DEFINITIONS =
      """
      select format('drop index %I', i.indexname), i.indexdef
      from pg_indexes i
      where i.tablename = 'comment' and not exists (
        select from pg_constraint c where c.conname = i.indexname)
      union all
      select format('alter table comment drop constraint %I', conname),
        format('alter table comment add constraint %I %s', conname, pg_get_constraintdef(oid))
      from pg_constraint
      where conrelid = 'comment'::regclass and contype = 'f'
      """;

  private static void copy(Connection connection, String sql, InputStream rows) throws Exception {
    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows, 1 << 20);
  }

  private interface RowOf {
    String number(int i);
  }

  /** Made while they are read. */
  private static final class Rows extends InputStream {
    private final int count;
    private final RowOf row;
    private int next;
    private byte[] bytes = {};
    private int at;

    Rows(int count, RowOf row) {
      this.count = count;
      this.row = row;
    }

    @Override
    public int read() {
      return fill() ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (!fill()) return -1;
      int taken = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, from, taken);
      at += taken;
      return taken;
    }

    private boolean fill() {
      while (at == bytes.length) {
        if (next == count) return false;
        var batch = new StringBuilder(1 << 16);
        while (next < count && batch.length() < 1 << 16) batch.append(row.number(next++));
        bytes = batch.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return true;
    }
  }
}
