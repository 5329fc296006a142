package afterword.rehearse;

import static afterword.rehearse.Fleet.until;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The database goes away, or lets nobody in. What is read is shown from memory; who writes is told
 * when to come again.
 */
final class LossPlays {
  private static final int BACK_WITHIN_SECONDS = 5;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Stage stage;

  LossPlays(Stage stage) {
    this.stage = stage;
  }

  void away(int seconds) throws Exception {
    stage.say("the database is away for %d s", seconds);
    int before = stage.fleet().restarts();
    stage.database().stop();
    TimeUnit.SECONDS.sleep(seconds);
    double recovery = recovery(stage.database().start());
    state("on_database_loss", before, recovery);
    stage.within("recovery_s", recovery, BACK_WITHIN_SECONDS);
  }

  void restarted() throws Exception {
    stage.say("the database is restarted");
    int before = stage.fleet().restarts();
    stage.database().stop();
    double recovery = recovery(stage.database().start());
    state("on_database_restart", before, recovery);
    stage.within("recovery_after_restart_s", recovery, BACK_WITHIN_SECONDS);
  }

  void passwordChanged() throws Exception {
    stage.say("the database's password is changed, first there, then in the secret");
    int before = stage.fleet().restarts();
    stage.database().rotate("rotated-by-the-rehearsal");
    stage.volumes().write("afterword-database", "uri", stage.database().url());
    double recovery = recovery(System.nanoTime());
    state("on_password_change", before, recovery);
    stage.within("recovery_after_password_change_s", recovery, BACK_WITHIN_SECONDS);
  }

  /**
   * Seconds from when the database was there until a post was taken and nothing failed any more.
   */
  private double recovery(long back) throws InterruptedException {
    Load load = stage.load();
    until("a post is taken", 60, () -> load.lastWritten() > back);
    long taken = load.lastWritten();
    LongSupplier well = () -> Math.max(taken, load.lastFailed());
    until("nothing fails", 60, () -> System.nanoTime() - well.getAsLong() > QUIET_NANOS);
    return (well.getAsLong() - back) / 1e9;
  }

  private void state(String when, int restartsBefore, double recovery) {
    Load.Noticed noticed = stage.load().take();
    stage.say("  %s; back within %.1f s", noticed, recovery);
    stage.none("restarts_" + when, stage.fleet().restarts() - restartsBefore);
    stage.none("failed_reads_" + when, noticed.failedReads());
    stage.none("writes_not_told_to_come_again_" + when, noticed.lostWrites());
  }
}
