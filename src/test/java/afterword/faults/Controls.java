package afterword.faults;

import afterword.bench.Scale;
import afterword.rehearse.Patched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code bin/faults controls}: the same plays against products that are broken on purpose. A suite
 * that finds nothing wrong with them finds nothing at all.
 */
final class Controls {
  /** One that must be found, and by what. */
  private record Control(String why, Play play, Predicate<Row> found) {}

  private static final Map<String, Control> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "acknowledged-before-commit",
        new Control("posts are lost", Controls::early, row -> row.lost() > 0));
    ALL.put(
        "unique-key-dropped",
        new Control("posts are doubled", Controls::keyDropped, row -> row.doubled() > 0));
    ALL.put(
        "event-outside-transaction",
        new Control(
            "events are missing, and counters are wrong",
            Controls::eventOutside,
            row -> row.broken().get(4) > 0));
    ALL.put(
        "synchronous-commit-off",
        new Control("posts are lost", Controls::commitOff, row -> row.lost() > 0));
    ALL.put(
        "asynchronous-standby",
        new Control(
            "posts are lost",
            (name, scale) -> DatabasePlays.standby(name, scale, false, 200),
            row -> row.lost() > 0));
  }

  private Controls() {}

  /** All of them, with a table at the end. */
  static Map<String, Row> play(Scale scale) throws Exception {
    var rows = new LinkedHashMap<String, Row>();
    for (var control : ALL.entrySet()) {
      System.out.println("control " + control.getKey() + ": " + control.getValue().why());
      rows.put(control.getKey(), control.getValue().play().play(control.getKey(), scale));
    }
    System.out.println();
    System.out.println(Row.head());
    rows.values().forEach(row -> System.out.println(row.line()));
    return rows;
  }

  /** The names of those that were not found. */
  static List<String> missed(Map<String, Row> rows) {
    return ALL.entrySet().stream()
        .filter(control -> !control.getValue().found().test(rows.get(control.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  static Row play(String name, Scale scale) throws Exception {
    return ALL.get(name).play().play(name, scale);
  }

  static int count() {
    return ALL.size();
  }

  private static Row early(String name, Scale scale) throws Exception {
    try (Patched patched = Patched.of(Patched.named("controls", name));
        var stage = new Stage(Stage.Plan.ONE.withBefore(patched.classes()))) {
      return KillPlays.database(name, 3, stage);
    }
  }

  private static Row eventOutside(String name, Scale scale) throws Exception {
    try (Patched patched = Patched.of(Patched.named("controls", name));
        var stage = new Stage(Stage.Plan.ONE.withBefore(patched.classes()))) {
      return KillPlays.services(name, scale.of(5, 10, 20), stage);
    }
  }

  private static Row commitOff(String name, Scale scale) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE.withPostgres("synchronous_commit=off"))) {
      return KillPlays.database(name, 3, stage);
    }
  }

  /** No fault is needed: one post in eight is sent twice at the same moment. */
  private static Row keyDropped(String name, Scale scale) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage
          .postgres
          .database()
          .run("alter table idempotency_key drop constraint idempotency_key_pkey");
      stage.begin(16, 400);
      Thread.sleep(scale.of(3, 8, 15) * 1_000L);
      return stage.row(name, 0, stage.untilQuiet(System.nanoTime()), Row.Limit.NONE);
    }
  }
}
