package afterword.doctor;

import afterword.outbound.Names;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether the pages that may show comments have names that lead anywhere. */
final class OriginsResolve implements Check {
  private static final String ORIGINS = "select key, origins from site order by id";
  private static final int SHOWN = 5;

  private final Connecting connecting;
  private final Names names;

  OriginsResolve(Connecting connecting, Names names) {
    this.connecting = connecting;
    this.names = names;
  }

  @Override
  public Future<Finding> look() {
    return connecting
        .working(connection -> connection.query(ORIGINS).execute())
        .compose(
            rows -> {
              var unknown = new TreeSet<String>();
              var asked = new ArrayList<Future<?>>();
              for (Row row : rows)
                for (String origin : row.getArrayOfStrings(1))
                  asked.add(resolves(row.getString(0), origin, unknown));
              return Future.join(asked).otherwiseEmpty().map(all -> judge(asked.size(), unknown));
            });
  }

  private Future<?> resolves(String site, String origin, TreeSet<String> unknown) {
    return names
        .resolve(URI.create(origin).getHost())
        .onFailure(none -> unknown.add(origin + " (site \"" + site + "\")"));
  }

  private static Finding judge(int asked, TreeSet<String> unknown) {
    if (unknown.isEmpty())
      return Finding.fine(
          asked == 0
              ? "there is no site yet: afterword site add"
              : asked + " origins have names that resolve");
    List<String> shown = unknown.stream().limit(SHOWN).toList();
    return Finding.fault(
        "no address for " + String.join(", ", shown) + (unknown.size() > SHOWN ? ", ..." : ""),
        "Correct the site's origins on its sheet in /admin, or the name's entry in the DNS.");
  }
}
