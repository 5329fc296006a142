package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The statements that spread the tables by site on Citus name every table there is, in an order and
 * with foreign keys that Citus takes; its functions only note here what they are asked for.
 */
class DistributionIT {
  private static final Path STATEMENTS = Path.of("docs/operate/distribute.sql");

  /** As the file says at its end. */
  private static final Set<String> LEFT =
      new TreeSet<>(
          Set.of("audit_seal", "audit_sealer", "reader_position", "flyway_schema_history"));

  private static final String CITUS =
      """
      create schema citus;
      create table citus.asked (place serial, name text, by_site boolean);
      create function create_reference_table(name text) returns void language sql
        as $$ insert into citus.asked (name, by_site) values (name, false) $$;
      create function create_distributed_table(name text, key text, colocate_with text default 'default')
        returns void language plpgsql as $$
      begin
        if key <> 'site_id' or colocate_with <> (case name when 'page' then 'default' else 'page' end) then
          raise '% is spread otherwise', name;
        end if;
        insert into citus.asked (name, by_site) values (name, true);
      end $$;
      """;

  private static final String TABLES =
      """
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      """;

  private static final String BY_SITE =
      """
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and a.attname = 'site_id' and not a.attisdropped
      """;

  /** To a table that comes later or is left, or by which Citus could not find the row's worker. */
  private static final String WRONG_REFERENCES =
      """
      select f.conrelid::regclass || ': ' || f.conname from pg_constraint f
      left join citus.asked here on here.name = f.conrelid::regclass::text
      left join citus.asked there on there.name = f.confrelid::regclass::text
      where f.contype = 'f' and f.connamespace = 'public'::regnamespace and not coalesce(
        there.place <= here.place and (not there.by_site or here.by_site)
        and (not there.by_site
          or (f.confupdtype in ('a', 'r') and f.confdeltype in ('a', 'r', 'c')
            and exists (select from unnest(f.conkey, f.confkey) k (one, other)
              join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.one and a.attname = 'site_id'
              join pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.other and b.attname = 'site_id'))),
        here.name is null and there.name is null)
      """;

  private static final String TRIGGERS =
      "select tgrelid::regclass::text from pg_trigger where not tgisinternal";

  @Test
  void every_table_is_named_once_in_an_order_that_citus_takes() throws Exception {
    var database = TestDatabase.fresh();
    try (Connection connection = TestDatabase.connect(database.ownerUrl());
        Statement statement = connection.createStatement()) {
      Set<String> tables = new TreeSet<>(ask(statement, TABLES));
      List<String> before = ask(statement, "select 1 from pg_constraint where confupdtype = 'c'");
      assertEquals(1, before.size(), "or the file need not change it any more");
      statement.execute(CITUS);

      statement.execute(Files.readString(STATEMENTS));

      List<String> named = ask(statement, "select name from citus.asked");
      named.addAll(LEFT);
      assertEquals(new TreeSet<>(tables), new TreeSet<>(named));
      assertEquals(tables.size(), named.size(), "one twice");
      Set<String> bySite = new TreeSet<>(ask(statement, BY_SITE));
      bySite.removeAll(LEFT);
      assertEquals(
          bySite, new TreeSet<>(ask(statement, "select name from citus.asked where by_site")));
      assertEquals(List.of(), ask(statement, WRONG_REFERENCES));
      assertEquals(List.of("comment"), ask(statement, TRIGGERS), "what it says of triggers");
    }
  }

  @Test
  void a_table_in_the_wrong_place_is_noticed() throws Exception {
    var database = TestDatabase.fresh();
    try (Connection connection = TestDatabase.connect(database.ownerUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(CITUS);
      String comment =
          "select create_distributed_table('comment', 'site_id', colocate_with => 'page');";
      String sql = Files.readString(STATEMENTS).replace(comment, "") + comment;

      statement.execute(sql.replaceAll("(?s)alter table second_look.*?;", ""));

      assertEquals(
          Set.of(
              "appeal: appeal_site_id_comment_id_fkey",
              "comment_revision: comment_revision_site_id_comment_id_fkey",
              "flag: flag_site_id_comment_id_fkey",
              "notice: notice_site_id_comment_id_fkey",
              "second_look: second_look_site_id_decision_id_comment_id_fkey"),
          new TreeSet<>(ask(statement, WRONG_REFERENCES)));
    }
  }

  private static List<String> ask(Statement statement, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var rows = statement.executeQuery(sql)) {
      while (rows.next()) found.add(rows.getString(1));
    }
    return found;
  }
}
