package afterword.doctor;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Whether this process and the database have the same time. */
final class ClocksAgree implements Check {
  private static final String NOW = "select clock_timestamp()";

  /** Edit windows and sessions are minutes and more; a kept clock is off by milliseconds. */
  private static final Duration ALLOWED = Duration.ofSeconds(2);

  private final Connecting connecting;
  private final Clock clock;

  ClocksAgree(Connecting connecting, Clock clock) {
    this.connecting = connecting;
    this.clock = clock;
  }

  @Override
  public Future<Finding> look() {
    return connecting.working(
        connection -> {
          Instant asked = clock.instant();
          return connection
              .query(NOW)
              .execute()
              .map(rows -> rows.iterator().next().getOffsetDateTime(0))
              .map(there -> judge(asked, there, clock.instant()));
        });
  }

  /** The answer was written at some time between the question and its arrival. */
  private static Finding judge(Instant asked, OffsetDateTime there, Instant answered) {
    Duration behind = Duration.between(there.toInstant(), asked);
    Duration ahead = Duration.between(answered, there.toInstant());
    Duration skew = behind.compareTo(ahead) > 0 ? behind : ahead;
    if (skew.compareTo(ALLOWED) <= 0) return Finding.fine("the database has the same time");
    return Finding.fault(
        "the database's clock is %d s %s"
            .formatted(skew.toSeconds(), skew.equals(behind) ? "behind" : "ahead"),
        "Keep the clocks of both machines (NTP): sessions, edit windows and leases are times.");
  }
}
