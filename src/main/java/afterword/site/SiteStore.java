package afterword.site;

import afterword.db.Database;
import afterword.model.Site;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of sites. */
public final class SiteStore {
  private final Database database;

  public SiteStore(Database database) {
    this.database = database;
  }

  private static final String BY_KEY =
      "select id, key, name, origins, settings, version from site where key = $1";

  public Future<Optional<Site>> byKey(String key) {
    return one(BY_KEY, key);
  }

  private static final String BY_ID =
      "select id, key, name, origins, settings, version from site where id = $1";

  Future<Optional<Site>> byId(int id) {
    return one(BY_ID, id);
  }

  private static final String ALL =
      "select id, key, name, origins, settings, version from site order by key";

  public Future<List<Site>> all() {
    return database
        .readCurrent(reads -> reads.query(ALL).execute())
        .map(
            rows -> {
              var sites = new ArrayList<Site>();
              for (Row row : rows) sites.add(site(row));
              return sites;
            });
  }

  private static final String HELD = "select settings from site where id = $1 for share";

  /** They stay as they are until the transaction ends; empty where the site is gone. */
  public Future<Optional<SiteSettings>> held(SqlClient tx, int id) {
    return tx.preparedQuery(HELD)
        .execute(Tuple.of(id))
        .map(rows -> rows.stream().findFirst().map(row -> SettingsJson.read(row.getJsonObject(0))));
  }

  private static final String ADD =
      """
      insert into site (key, name, origins, settings) values ($1, $2, $3, $4)
      on conflict (key) do nothing
      returning id, key, name, origins, settings, version
      """;

  /** Empty where a site has that key already. */
  Future<Optional<Site>> add(
      SqlClient tx, String key, String name, List<String> origins, SiteSettings settings) {
    return tx.preparedQuery(ADD)
        .execute(Tuple.of(key, name, origins.toArray(String[]::new), SettingsJson.write(settings)))
        .map(SiteStore::first);
  }

  private static final String CHANGE =
      """
      update site set origins = $2, settings = $3, version = version + 1 where id = $1
      returning id, key, name, origins, settings, version
      """;

  public Future<Optional<Site>> change(
      SqlClient tx, int id, List<String> origins, SiteSettings settings) {
    return tx.preparedQuery(CHANGE)
        .execute(Tuple.of(id, origins.toArray(String[]::new), SettingsJson.write(settings)))
        .map(SiteStore::first);
  }

  private static final String UPDATE =
      """
      update site set name = $3, origins = $4, settings = $5, version = version + 1
      where id = $1 and version = $2
      returning id, key, name, origins, settings, version
      """;

  /** Empty where the site is at another version by now. */
  Future<Optional<Site>> update(SqlClient tx, Site site, long version) {
    return tx.preparedQuery(UPDATE)
        .execute(
            Tuple.of(
                site.id(),
                version,
                site.name(),
                site.origins().toArray(String[]::new),
                SettingsJson.write(site.settings())))
        .map(SiteStore::first);
  }

  private static final String BY_IDS =
      "select id, key, name, origins, settings, version from site where id = any($1::int[]) order by key";

  Future<List<Site>> byIds(Integer[] ids) {
    return database
        .readCurrent(
            reads -> reads.preparedQuery(BY_IDS).execute(Tuple.tuple().addArrayOfInteger(ids)))
        .map(
            rows -> {
              var sites = new ArrayList<Site>();
              for (Row row : rows) sites.add(site(row));
              return sites;
            });
  }

  private Future<Optional<Site>> one(String sql, Object by) {
    return database
        .readAnyway(reads -> reads.preparedQuery(sql).execute(Tuple.of(by)))
        .map(SiteStore::first);
  }

  private static Optional<Site> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(site(rows.iterator().next()));
  }

  private static Site site(Row row) {
    return new Site(
        row.getInteger(0),
        row.getString(1),
        row.getString(2),
        List.of(row.getArrayOfStrings(3)),
        SettingsJson.read((JsonObject) row.getJson(4)),
        row.getLong(5));
  }
}
