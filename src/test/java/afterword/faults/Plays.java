package afterword.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All plays, in the order in which they are told. Each must have its row at the end. */
final class Plays {
  private static final Map<String, Play> ALL = new LinkedHashMap<>();

  static {
    ALL.put("kill-service", KillPlays::service);
    ALL.put("kill-database", KillPlays::database);
    ALL.put("kill-two-services", (name, scale) -> KillPlays.services(name, scale, 2));
    ALL.put("kill-four-services", (name, scale) -> KillPlays.services(name, scale, 4));
    ALL.put("cut-every-byte", CutPlay::everyByte);
    ALL.put("commit-answer-lost", NetworkPlays::commitAnswerLost);
    ALL.put("database-immediate", DatabasePlays::immediateStop);
    ALL.put("database-restart", DatabasePlays::restart);
    ALL.put("database-frozen", DatabasePlays::frozen);
    ALL.put("standby-promoted", DatabasePlays::standby);
    ALL.put("black-hole", NetworkPlays::blackHole);
    ALL.put("slow-link", NetworkPlays::slow);
    ALL.put("lossy-link", NetworkPlays::lossy);
    ALL.put("small-heap", ServicePlays::smallHeap);
    ALL.put("disk-full", ServicePlays::diskFull);
    ALL.put("clock-jumps", ClockPlay::jumps);
    ALL.put("slow-clients", ClientPlays::slow);
    ALL.put("overload", ClientPlays::overload);
  }

  /** Those that show in a few seconds that the suite works. */
  static final List<String> SMOKE = List.of("kill-service", "kill-database", "cut-every-byte");

  private Plays() {}

  static Map<String, Play> all() {
    return ALL;
  }

  /** Everything that has a row in the document. */
  static List<String> named() {
    return Stream.concat(ALL.keySet().stream(), Stream.of(Soak.NAME)).toList();
  }
}
