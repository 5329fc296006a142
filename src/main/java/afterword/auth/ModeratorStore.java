package afterword.auth;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Tables {@code moderator} and {@code site_role}. */
final class ModeratorStore {
  /** What sign-in needs to know of an account. */
  record Account(long id, Optional<String> passwordHash, boolean enabled, boolean operator) {}

  /** One of a moderator's sites, as shown. */
  record SiteRole(String key, String name, Role role) {}

  private static final String ACCOUNT =
      """
      select id, password_hash, disabled_at is null, operator
      from moderator where lower(email) = lower($1)
      """;

  Future<Optional<Account>> account(SqlClient client, String email) {
    return client
        .preparedQuery(ACCOUNT)
        .execute(Tuple.of(email))
        .map(
            rows ->
                first(rows)
                    .map(
                        row ->
                            new Account(
                                row.getLong(0),
                                text(row, 1),
                                row.getBoolean(2),
                                row.getBoolean(3))));
  }

  private static final String MEMBERS =
      """
      select m.id, m.email, m.name, r.role
      from site_role r join moderator m on m.id = r.moderator_id
      where r.site_id = $1 and m.disabled_at is null
      order by lower(m.email)
      """;

  Future<List<Member>> members(SqlClient client, int site) {
    return client
        .preparedQuery(MEMBERS)
        .execute(Tuple.of(site))
        .map(
            rows -> {
              var members = new ArrayList<Member>();
              for (Row row : rows)
                members.add(
                    new Member(
                        row.getLong(0),
                        row.getString(1),
                        row.getString(2),
                        Role.of(row.getString(3))));
              return members;
            });
  }

  private static final String SITES =
      """
      select s.key, s.name, r.role
      from site_role r join site s on s.id = r.site_id
      where r.moderator_id = $1
      order by s.key
      """;

  Future<List<SiteRole>> sites(SqlClient client, long moderator) {
    return client
        .preparedQuery(SITES)
        .execute(Tuple.of(moderator))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new SiteRole(
                                row.getString(0), row.getString(1), Role.of(row.getString(2))))
                    .toList());
  }

  private static final String ADD =
      """
      insert into moderator (email, name, password_hash, operator, created_at)
      values ($1, $2, $3, $4, $5)
      on conflict (lower(email)) do nothing
      returning id
      """;

  /**
   * Empty where there is an account with this e-mail address already.
   *
   * @param passwordHash null for who comes by an identity provider
   */
  Future<Optional<Long>> add(
      SqlClient tx, String email, String name, String passwordHash, boolean operator, Instant at) {
    return tx.preparedQuery(ADD)
        .execute(Tuple.of(email, name, passwordHash, operator, at.atOffset(ZoneOffset.UTC)))
        .map(rows -> first(rows).map(row -> row.getLong(0)));
  }

  private static final String SET_PASSWORD =
      "update moderator set password_hash = $2 where id = $1";

  Future<Void> setPassword(SqlClient tx, long moderator, String passwordHash) {
    return tx.preparedQuery(SET_PASSWORD).execute(Tuple.of(moderator, passwordHash)).mapEmpty();
  }

  private static final String SET_DISABLED = "update moderator set disabled_at = $2 where id = $1";

  /** Null enables again. */
  Future<Void> setDisabled(SqlClient tx, long moderator, Instant at) {
    return tx.preparedQuery(SET_DISABLED)
        .execute(Tuple.of(moderator, at == null ? null : at.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private static final String ROLE =
      "select role from site_role where site_id = $1 and moderator_id = $2";

  Future<Optional<Role>> role(SqlClient tx, int site, long moderator) {
    return tx.preparedQuery(ROLE)
        .execute(Tuple.of(site, moderator))
        .map(rows -> first(rows).map(row -> Role.of(row.getString(0))));
  }

  private static final String SET_ROLE =
      """
      insert into site_role (site_id, moderator_id, role) values ($1, $2, $3)
      on conflict (site_id, moderator_id) do update set role = excluded.role
      """;

  Future<Void> setRole(SqlClient tx, int site, long moderator, Role role) {
    return tx.preparedQuery(SET_ROLE).execute(Tuple.of(site, moderator, role.word())).mapEmpty();
  }

  private static final String REMOVE_ROLE =
      "delete from site_role where site_id = $1 and moderator_id = $2";

  Future<Void> removeRole(SqlClient tx, int site, long moderator) {
    return tx.preparedQuery(REMOVE_ROLE).execute(Tuple.of(site, moderator)).mapEmpty();
  }

  private static final String SITE = "select id from site where key = $1";

  Future<Optional<Integer>> site(SqlClient client, String key) {
    return client
        .preparedQuery(SITE)
        .execute(Tuple.of(key))
        .map(rows -> first(rows).map(row -> row.getInteger(0)));
  }

  private static Optional<Row> first(Iterable<Row> rows) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
  }

  private static Optional<String> text(Row row, int column) {
    return Optional.ofNullable(row.getString(column));
  }
}
