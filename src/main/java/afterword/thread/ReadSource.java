package afterword.thread;

import afterword.db.Database;
import afterword.db.Reads;
import afterword.db.Replica;
import afterword.events.Event;
import afterword.events.EventFeed;
import afterword.events.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Where answers that will be kept are loaded: from a replica if it has all that this process has
 * heard of the answer's threads, otherwise from the database itself.
 */
final class ReadSource {
  private final Database database;
  private final EventFeed feed;
  private final HeardEvents heard = new HeardEvents();

  ReadSource(Database database, EventFeed feed) {
    this.database = database;
    this.feed = feed;
  }

  /** Before anything is dropped that was kept: what is loaded afterwards must have the event. */
  void heard(Event event, Optional<Position> position) {
    if (database.replica().isPresent()) heard.heard(event, position);
  }

  void missed() {
    heard.forget();
  }

  Future<Encoded> load(int site, Function<Reads, Future<Encoded>> question) {
    Position now = feed.position();
    if (database.replica().isEmpty() || now == null) return question.apply(database::readCurrent);
    heard.begin(now);
    var replica = new Following(database.replica().get());
    return question
        .apply(replica)
        .map(answer -> heard.areIn(site, answer.threads(), replica.before()) ? answer : null)
        .otherwiseEmpty()
        .compose(
            answer ->
                answer != null
                    ? Future.succeededFuture(answer)
                    : question.apply(database::readCurrent));
  }

  /** What one answer takes from replicas, and how far the one was that is furthest behind. */
  private static final class Following implements Reads {
    private static final long NOT_ASKED = -1;

    private final Replica replica;
    private final AtomicLong before = new AtomicLong(NOT_ASKED);

    Following(Replica replica) {
      this.replica = replica;
    }

    @Override
    public <T> Future<T> read(Function<SqlClient, Future<T>> question) {
      return replica
          .read(question)
          .map(
              answer -> {
                before.accumulateAndGet(answer.before(), Following::earlier);
                return answer.value();
              });
    }

    long before() {
      return before.get();
    }

    private static long earlier(long one, long other) {
      return Long.compareUnsigned(one, other) < 0 ? one : other;
    }
  }
}
