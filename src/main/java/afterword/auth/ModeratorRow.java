package afterword.auth;

import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;

/** How a moderator is read along with a session or an access token. */
final class ModeratorRow {
  /** Of {@code moderator m}, in the order that {@link #moderator} reads them. */
  static final String COLUMNS =
      """
      m.id, m.email, m.name, m.operator,
      array(select r.site_id from site_role r where r.moderator_id = m.id order by r.site_id),
      array(select r.role from site_role r where r.moderator_id = m.id order by r.site_id)
      """;

  /** How many columns these are: the caller's own start here. */
  static final int WIDTH = 6;

  private ModeratorRow() {}

  static Moderator moderator(Row row) {
    return new Moderator(
        row.getLong(0),
        row.getString(1),
        row.getString(2),
        row.getBoolean(3),
        roles(row.getArrayOfIntegers(4), row.getArrayOfStrings(5)));
  }

  private static Map<Integer, Role> roles(Integer[] sites, String[] roles) {
    var siteToRole = new HashMap<Integer, Role>();
    for (int i = 0; i < sites.length; i++) siteToRole.put(sites[i], Role.of(roles[i]));
    return siteToRole;
  }
}
