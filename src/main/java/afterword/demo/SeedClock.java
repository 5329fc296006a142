package afterword.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Shows the time that it was set to: the first comments were written over some days. */
final class SeedClock extends Clock {
  private volatile Instant instant = Instant.EPOCH;

  void set(Instant instant) {
    this.instant = instant;
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
