package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every table of a tenant has its site first in its key and in every unique index: what isolates
 * tenants, and what lets the tables be distributed by site (docs/operate/scaling.md).
 */
class SiteKeyIT {
  private static final String KEYS =
      """
      select c.relname, i.relname,
        (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0])
      from pg_index x
      join pg_class c on c.oid = x.indrelid
      join pg_class i on i.oid = x.indexrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and (x.indisprimary or x.indisunique)
        and exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'site_id' and not a.attisdropped)
      """;

  private static final String TENANTS_WITHOUT_KEY =
      """
      select c.relname from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'site_id' and not a.attisdropped)
        and not exists (select from pg_index x where x.indrelid = c.oid and x.indisprimary)
      """;

  /** One chain for the whole installation (decision 0020): its key is the place in the chain. */
  private static final Set<String> OF_NO_TENANT = Set.of("audit_seal");

  @Test
  void the_site_is_first_in_every_key_of_a_tenant() throws Exception {
    var database = TestDatabase.fresh();
    var wrong = new ArrayList<String>();
    Set<String> tables = new TreeSet<>();

    try (Connection connection = TestDatabase.connect(database.ownerUrl());
        Statement statement = connection.createStatement()) {
      try (var rows = statement.executeQuery(KEYS)) {
        while (rows.next()) {
          tables.add(rows.getString(1));
          if (!"site_id".equals(rows.getString(3)) && !OF_NO_TENANT.contains(rows.getString(1)))
            wrong.add(rows.getString(1) + ": " + rows.getString(2));
        }
      }
      try (var rows = statement.executeQuery(TENANTS_WITHOUT_KEY)) {
        while (rows.next()) wrong.add(rows.getString(1) + " has no key");
      }
    }

    assertEquals(List.of(), wrong);
    assertTrue(tables.containsAll(Set.of("comment", "event", "page", "audit")), tables::toString);
  }
}
