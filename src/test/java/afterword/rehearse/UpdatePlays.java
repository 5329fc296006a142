package afterword.rehearse;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an operator does to a fleet. Nobody may notice. */
final class UpdatePlays {
  private static final int LATER_VERSION = 9_000;

  private final Stage stage;
  private final Fleet fleet;

  UpdatePlays(Stage stage) {
    this.stage = stage;
    this.fleet = stage.fleet();
  }

  void roll(int rounds, int rate) throws Exception {
    stage.say("%d rolling restarts at %d requests a second", rounds, rate);
    int before = fleet.restarts();
    for (int round = 0; round < rounds; round++) {
      fleet.roll();
      if ((round + 1) % 10 == 0) stage.say("  %d are done", round + 1);
    }
    Load.Noticed noticed = stage.noneFailed("failed_requests");
    stage.none("restarts_while_rolling", fleet.restarts() - before);
    stage.stated("rolling_restarts", rounds, "count");
    stage.stated("requests_while_rolling", noticed.requests(), "count");
    stage.stated("slowest_while_rolling_ms", noticed.slowestMillis(), "ms");
  }

  void replace() throws Exception {
    stage.say("one pod is told to end (SIGTERM), and replaced");
    fleet.replaceOne();
    stage.noneFailed("failed_on_sigterm");
  }

  void scale() throws Exception {
    stage.say("up by two, and down by two at once");
    fleet.up(2);
    fleet.down(List.copyOf(fleet.pods().subList(0, 2)));
    stage.noneFailed("failed_while_scaling");
  }

  void changeSetting() throws Exception {
    stage.say("a setting is changed, which rolls the pods");
    fleet.set("AFTERWORD_POOL_SIZE", "12");
    fleet.roll();
    stage.noneFailed("failed_on_setting_change");
  }

  /** The release that runs now meets a schema of a later one, and so do pods that start then. */
  void laterSchema() throws Exception {
    stage.say("the schema of a later version, this one runs on");
    stage.database().migrateTo(LATER_VERSION);
    fleet.roll();
    stage.noneFailed("failed_on_later_schema");
  }

  /** Both releases serve on the schema of the newer one, which takes over, and back again. */
  void besideTheFormer(Program former, Program present, int seconds) throws Exception {
    stage.say("%s and this one side by side", former.words());
    fleet.set(former);
    fleet.roll();
    fleet.set(present);
    Pod newer = fleet.up(1).get(0);
    TimeUnit.SECONDS.sleep(seconds);
    stage.noneFailed("failed_beside_former_release");
    fleet.set(former);
    fleet.down(List.of(newer));
    stage.noneFailed("failed_going_back");
    fleet.set(present);
    fleet.roll();
    stage.noneFailed("failed_going_on");
  }
}
