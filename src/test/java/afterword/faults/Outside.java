package afterword.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import afterword.db.TestDatabase;
import afterword.model.PublicId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody outside who is told of comments by webhook, and notes every call (I5). All are answered,
 * so a delivery comes twice only where the service did not live to note the answer, or could not.
 */
final class Outside implements AutoCloseable {
  /** Sooner nobody tries again: neither after a lost answer nor after one that came too late. */
  private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(5);

  private static final String PUBLISHED = "comment.published";
  private static final String HELD = "comment.held";
  private static final String REMOVED = "comment.removed";

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  /**
   * One call.
   *
   * @param delivery its id, the same at every attempt
   * @param comment that it tells of
   * @param at on this process's clock
   */
  private record Call(String delivery, String event, String comment, long at) {}

  Outside(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1").await();
  }

  private void take(HttpServerRequest request) {
    long at = System.nanoTime();
    request
        .body()
        .onSuccess(
            body -> {
              JsonObject told = body.toJsonObject();
              String comment = told.getJsonObject("data").getJsonObject("comment").getString("id");
              calls.add(
                  new Call(request.getHeader("webhook-id"), told.getString("type"), comment, at));
              request.response().end();
            });
  }

  /** That the service must be allowed to call. */
  String host() {
    return "127.0.0.1:" + server.actualPort();
  }

  String url() {
    return "http://" + host() + "/told";
  }

  int calls() {
    return calls.size();
  }

  /** What of all this should not be so, once nothing waits to be told any more. */
  List<String> wrong(TestDatabase database) throws SQLException {
    var wrong = new ArrayList<String>();
    Map<String, String> deliveryToAttempts =
        idToWord(database, "select site_id, id, attempts from delivery");
    calls.stream()
        .collect(groupingBy(Call::delivery))
        .forEach((delivery, same) -> again(delivery, same, deliveryToAttempts, wrong));
    Map<String, Map<String, Set<String>>> commentToTold =
        calls.stream()
            .collect(
                groupingBy(
                    Call::comment, groupingBy(Call::event, mapping(Call::delivery, toSet()))));
    Map<String, String> commentToStatus =
        idToWord(database, "select site_id, id, status from comment");
    commentToTold.forEach(
        (comment, told) -> {
          if (!commentToStatus.containsKey(comment))
            wrong.add(comment + " is not there and was told of: " + told.keySet());
        });
    commentToStatus.forEach(
        (comment, status) ->
            told(comment, status, commentToTold.getOrDefault(comment, Map.of()), wrong));
    return wrong;
  }

  /** An attempt is counted before it is made, and each is one call at most. */
  private static void again(
      String delivery,
      List<Call> same,
      Map<String, String> deliveryToAttempts,
      List<String> wrong) {
    String attempts = deliveryToAttempts.get(delivery);
    if (attempts == null) wrong.add("delivery " + delivery + " was made and is not there");
    else if (same.size() > Integer.parseInt(attempts))
      wrong.add(
          "delivery %s was called %d times in %s attempts"
              .formatted(delivery, same.size(), attempts));
    for (int i = 1; i < same.size(); i++)
      if (same.get(i).at - same.get(i - 1).at < AGAIN_AFTER)
        wrong.add("delivery " + delivery + " was called twice within a moment");
  }

  /** Once each, and what holds in the end; of what was removed in time nobody need have heard. */
  private static void told(
      String comment, String status, Map<String, Set<String>> told, List<String> wrong) {
    told.forEach(
        (event, deliveries) -> {
          if (deliveries.size() > 1)
            wrong.add("%s was told as %s under %s".formatted(comment, event, deliveries));
        });
    Set<Set<String>> fitting =
        switch (status) {
          case "published" -> Set.of(Set.of(PUBLISHED));
          case "pending" -> Set.of(Set.of(HELD));
          default -> Set.of(Set.of(), Set.of(REMOVED), Set.of(PUBLISHED, REMOVED));
        };
    if (!fitting.contains(told.keySet()))
      wrong.add("%s is %s and was told as %s".formatted(comment, status, told.keySet()));
  }

  private static Map<String, String> idToWord(TestDatabase database, String sql)
      throws SQLException {
    var idToWord = new HashMap<String, String>();
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next())
        idToWord.put(new PublicId(rows.getInt(1), rows.getLong(2)).toString(), rows.getString(3));
    }
    return idToWord;
  }

  @Override
  public void close() {
    server.close().await();
  }
}
