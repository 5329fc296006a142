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
            Controls::killed,
            row -> row.broken().get(4) > 0));
    ALL.put(
        "outbox-outside-transaction",
        new Control(
            "somebody outside is not told", Controls::killed, row -> row.broken().get(4) > 0));
    ALL.put(
        "outbox-without-lock",
        new Control(
            "somebody outside is told by two processes",
            (name, scale) -> calm(name, scale, 2),
            row -> row.broken().get(4) > 0));
    ALL.put(
        "delivery-without-lease",
        new Control(
            "somebody outside is told twice at once",
            (name, scale) -> calm(name, scale, 1),
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

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Those of that name, with a table at the end. */
  static Map<String, Row> play(List<String> names, Scale scale) throws Exception {
    var rows = new LinkedHashMap<String, Row>();
    for (String name : names) {
      System.out.println("control " + name + ": " + ALL.get(name).why());
      rows.put(name, play(name, scale));
    }
    System.out.println();
    System.out.println(Row.head());
    rows.values().forEach(row -> System.out.println(row.line()));
    return rows;
  }

  /** The names of those that were not found. */
  static List<String> missed(Map<String, Row> rows) {
    return rows.entrySet().stream()
        .filter(row -> !ALL.get(row.getKey()).found().test(row.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  static Row play(String name, Scale scale) throws Exception {
    return ALL.get(name).play().play(name, scale);
  }

  private static Row early(String name, Scale scale) throws Exception {
    try (Patched patched = Patched.of(Patched.named("controls", name));
        var stage = new Stage(broken(patched, 1))) {
      begin(stage);
      return KillPlays.database(name, 3, stage);
    }
  }

  private static Row killed(String name, Scale scale) throws Exception {
    try (Patched patched = Patched.of(Patched.named("controls", name));
        var stage = new Stage(broken(patched, 1))) {
      begin(stage);
      return KillPlays.services(name, scale.of(5, 10, 20), stage);
    }
  }

  /** No fault is needed. */
  private static Row calm(String name, Scale scale, int services) throws Exception {
    try (Patched patched = Patched.of(Patched.named("controls", name));
        var stage = new Stage(broken(patched, services))) {
      return undisturbed(name, scale, stage);
    }
  }

  private static void begin(Stage stage) throws InterruptedException {
    stage.begin(KillPlays.WORKERS, KillPlays.PER_SECOND);
  }

  private static Row undisturbed(String name, Scale scale, Stage stage) throws Exception {
    begin(stage);
    Thread.sleep(scale.of(3, 8, 15) * 1_000L);
    return stage.row(name, 0, stage.untilQuiet(System.nanoTime()), Row.Limit.NONE);
  }

  private static Stage.Plan broken(Patched patched, int services) {
    return Stage.Plan.ONE.withBefore(patched.classes()).withServices(services);
  }

  private static Row commitOff(String name, Scale scale) throws Exception {
    try (var stage = new Stage(Stage.Plan.ONE.withPostgres("synchronous_commit=off"))) {
      begin(stage);
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
      return undisturbed(name, scale, stage);
    }
  }
}
