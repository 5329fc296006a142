package afterword.audit;

import afterword.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the whole audit against its seals, and replays it: names what was altered, removed or put
 * in later, and comments whose status is not what the audit says.
 */
public final class Verification {
  private static final int BATCH = 5_000;
  private static final int MOST_NAMED = 100;

  private final Database database;

  public Verification(Database database) {
    this.database = database;
  }

  /**
   * What was found.
   *
   * @param wrong a line for each thing that is not as it should be, a hundred at the most
   * @param head the last link in hexadecimal, to be kept elsewhere and compared
   * @param unsealed rows that are finished and not sealed yet, or not finished
   * @param unrecorded comments of which the audit holds nothing, such as imported ones
   */
  public record Report(
      List<String> wrong, long sealed, String head, long unsealed, long unrecorded) {}

  public Future<Report> verify() {
    return head().compose(this::verify);
  }

  /** The last seal; what is written after it is for the next time. */
  record Head(long number, byte[] link) {}

  Future<Report> verify(Head head) {
    var so = new Progress(head);
    return links(so)
        .compose(done -> strays(so))
        .compose(done -> statuses(so))
        .compose(done -> rest(so));
  }

  private static final class Progress {
    final List<String> wrong = new ArrayList<>();
    long number;
    byte[] link = new byte[0];

    final Head head;

    Progress(Head head) {
      this.head = head;
    }

    void wrong(String line) {
      if (wrong.size() < MOST_NAMED) wrong.add(line);
    }
  }

  private static final String HEAD = "select number, link from audit_sealer";

  Future<Head> head() {
    return database
        .readCurrent(client -> client.query(HEAD).execute())
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Head(row.getLong(0), row.getBuffer(1).getBytes());
            });
  }

  private static final String SEALS =
      "select "
          + SealedRow.COLUMNS
          + """
      , s.number, s.site_id, s.audit_id, s.row_hash, s.link
      from audit_seal s
      left join audit a on a.site_id = s.site_id and a.id = s.audit_id
      where s.number > $1 and s.number <= $2
      order by s.number
      limit $3
      """;

  private Future<Void> links(Progress so) {
    return database
        .readCurrent(
            client ->
                client.preparedQuery(SEALS).execute(Tuple.of(so.number, so.head.number, BATCH)))
        .compose(
            rows -> {
              for (Row row : rows) check(so, row);
              return rows.size() == BATCH ? links(so) : Future.succeededFuture();
            });
  }

  private static void check(Progress so, Row row) {
    long number = row.getLong(12);
    String name = name(row.getInteger(13), row.getLong(14));
    byte[] hash = row.getBuffer(15).getBytes();
    byte[] link = row.getBuffer(16).getBytes();
    if (number != so.number + 1)
      so.wrong("seals " + (so.number + 1) + " to " + (number - 1) + " are missing");
    else if (!Arrays.equals(link, SealedRow.link(so.link, hash)))
      so.wrong("seal " + number + " of " + name + " does not follow from the one before");
    if (row.getLong(1) == null) so.wrong(name + " is missing");
    else if (!Arrays.equals(SealedRow.of(row).hash(), hash)) so.wrong(name + " was altered");
    so.number = number;
    so.link = link;
  }

  /** Finished before the last sealed one, and not sealed: it was not there when its time came. */
  private static final String STRAYS =
      """
      select a.site_id, a.id from audit a, audit_sealer last
      where (a.xid, a.id) <= (last.xid, last.audit_id)
        and not exists (select from audit_seal s where s.site_id = a.site_id and s.audit_id = a.id)
      limit 100
      """;

  private Future<Void> strays(Progress so) {
    return database
        .readCurrent(client -> client.query(STRAYS).execute())
        .onSuccess(
            rows -> {
              for (Row row : rows)
                so.wrong(name(row.getInteger(0), row.getLong(1)) + " was put in later");
            })
        .mapEmpty();
  }

  private static final String STATUSES =
      """
      select c.site_id, c.id, c.status, said.status_after
      from comment c
      cross join lateral (
        select a.status_after from audit a
        where a.site_id = c.site_id and a.object = 'comment:' || c.id and a.status_after is not null
        order by a.id desc limit 1
      ) said
      where said.status_after <> c.status
      limit 100
      """;

  private Future<Void> statuses(Progress so) {
    return database
        .readCurrent(client -> client.query(STATUSES).execute())
        .onSuccess(
            rows -> {
              for (Row row : rows) {
                so.wrong(
                    "comment %d of site %d is %s, and by the audit %s"
                        .formatted(
                            row.getLong(1), row.getInteger(0), row.getString(2), row.getString(3)));
              }
            })
        .mapEmpty();
  }

  private static final String REST =
      """
      select
        (select count(*) from audit a, audit_sealer last where (a.xid, a.id) > (last.xid, last.audit_id)),
        (select count(*) from comment c where not exists (
          select from audit a where a.site_id = c.site_id and a.object = 'comment:' || c.id))
      """;

  private Future<Report> rest(Progress so) {
    return database
        .readCurrent(client -> client.query(REST).execute())
        .map(
            (RowSet<Row> rows) -> {
              Row row = rows.iterator().next();
              if (so.head.number > so.number)
                so.wrong("seals " + (so.number + 1) + " to " + so.head.number + " are missing");
              else if (!Arrays.equals(so.head.link, so.link))
                so.wrong("the last seal is not the one that was written last");
              return new Report(
                  List.copyOf(so.wrong),
                  so.number,
                  HexFormat.of().formatHex(so.link),
                  row.getLong(0),
                  row.getLong(1));
            });
  }

  private static String name(int site, long id) {
    return "row " + id + " of site " + site;
  }
}
