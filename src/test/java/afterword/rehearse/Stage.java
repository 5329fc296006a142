package afterword.rehearse;

import afterword.bench.Goal;
import afterword.bench.Run;

/** What every play has to do with, and how it states what was noticed. */
record Stage(Run run, Fleet fleet, Load load, PlayedDatabase database, Volumes volumes) {
  void say(String format, Object... arguments) {
    run.say(format, arguments);
  }

  /**
   * Nothing may have failed since it was asked last; a reader told to come again was failed too.
   */
  Load.Noticed noneFailed(String figure) {
    Load.Noticed noticed = load.take();
    say("  %s", noticed);
    none(figure, noticed.failed());
    return noticed;
  }

  void none(String figure, long value) {
    run.figure(figure, value, "count", Goal.exactly(0));
  }

  void within(String figure, double seconds, double most) {
    run.figure(figure, seconds, "s", Goal.atMost(most));
  }

  void stated(String figure, double value, String unit) {
    run.figure(figure, value, unit, Goal.stated());
  }
}
