package afterword.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.config.Config;
import afterword.config.Setting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which connections a process opens, and where to. */
class ConnectionsIT {
  private final TestDatabase rows = TestDatabase.fresh();

  @Test
  void a_pooler_alone_leaves_no_way_to_listen_and_its_address_is_for_work_alone() {
    Config direct = rows.config();
    Config pooler = direct.with(Setting.AFTERWORD_DATABASE_POOLER, "transaction");

    assertEquals(Database.connectionsOf(direct) - 1, Database.connectionsOf(pooler));
    assertEquals(Optional.empty(), pooler.listenUrl());

    Config both = pooler.with(Setting.AFTERWORD_DATABASE_POOLER_ADDRESS, "pooler.db:6432");
    String url = rows.url();
    String through = url.replaceFirst("@[^/]*/", "@pooler.db:6432/");
    assertEquals(Optional.of(through), both.databaseWorkUrl());
    assertEquals(Optional.of(url), both.listenUrl());
    assertEquals(Optional.of(rows.ownerUrl()), both.databaseOwnerUrl());
    assertEquals(Database.connectionsOf(direct), Database.connectionsOf(both));
  }
}
