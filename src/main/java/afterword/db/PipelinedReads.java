package afterword.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks on the connection on which least is under way. A pool whose connections take many questions
 * at once asks all of them on its first one, so each of these is a pool of one.
 */
final class PipelinedReads implements Reads {
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  private record Lane(SqlClient client, AtomicInteger underWay) {}

  /**
   * @param open makes a client of one connection
   */
  PipelinedReads(int connections, Supplier<SqlClient> open) {
    for (int i = 0; i < connections; i++) lanes.add(new Lane(open.get(), new AtomicInteger()));
  }

  @Override
  public <T> Future<T> read(Function<SqlClient, Future<T>> question) {
    Lane lane = leastBusy();
    lane.underWay.incrementAndGet();
    return Database.attempt(question, lane.client)
        .onComplete(done -> lane.underWay.decrementAndGet());
  }

  /** Of equals the next in turn. */
  private Lane leastBusy() {
    int first = Math.floorMod(turn.getAndIncrement(), lanes.size());
    Lane least = lanes.get(first);
    for (int i = 1; i < lanes.size(); i++) {
      Lane other = lanes.get((first + i) % lanes.size());
      if (other.underWay.get() < least.underWay.get()) least = other;
    }
    return least;
  }

  Future<Void> close() {
    return Future.join(lanes.stream().map(lane -> lane.client.close()).toList()).mapEmpty();
  }
}
