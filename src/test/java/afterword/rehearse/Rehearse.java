package afterword.rehearse;

import afterword.config.DataFolder;
import afterword.db.EmbeddedPostgres;
import afterword.db.Migrations;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * {@code bin/rehearse [--smoke|--short] [--json FILE]}: plays what happens to a fleet in its life,
 * under load, and prints what readers and writers noticed. Ends with 0 when everything was played,
 * whatever the figures are.
 */
public final class Rehearse {
  private final boolean smoke;
  private final int rounds;
  private final int awaySeconds;
  private final int perSecond;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private final Path folder;
  private final Deployed deployed;
  private final List<Pod> pods = new CopyOnWriteArrayList<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private DataFolder data;
  private volatile EmbeddedPostgres postgres;
  private volatile int databasePort;
  private Load load;
  private Balancer balancer;
  private int made;

  Rehearse(boolean smoke, boolean brief) throws Exception {
    this.smoke = smoke;
    this.rounds = smoke ? 1 : brief ? 5 : 50;
    this.awaySeconds = smoke ? 3 : brief ? 20 : 60;
    this.perSecond = smoke ? 20 : 100;
    this.folder = Files.createTempDirectory("rehearse");
    this.deployed = Deployed.read();
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    boolean smoke = words.remove("--smoke");
    boolean brief = words.remove("--short");
    int json = words.indexOf("--json");
    var rehearse = new Rehearse(smoke, brief);
    try {
      rehearse.play();
      rehearse.print();
      if (json >= 0)
        Files.writeString(Path.of(words.get(json + 1)), rehearse.json().encodePrettily());
    } finally {
      rehearse.close();
    }
    System.exit(0);
  }

  Map<String, Double> figures() {
    return figures;
  }

  void play() throws Exception {
    prepare();
    for (int i = 0; i < deployed.replicas(); i++) add();
    balancer = new Balancer(vertx, this::readyAddresses, deployed.httpPort());
    int port = balancer.start().await(10, TimeUnit.SECONDS);
    until("all are ready", 120, () -> balancer.heard().size() == deployed.replicas());
    load = new Load(vertx, port);
    load.start(perSecond);
    until("posts are taken", 30, () -> !load.acknowledged().isEmpty());
    load.takeFailures();
    load.takeFailedReads();

    rollingRestarts();
    if (!smoke) scale();
    databaseAway();
    if (!smoke) kill();
    load.stop();
    figures.put("lost_acknowledgements", (double) lost());
  }

  private void rollingRestarts() throws Exception {
    say("%d rolling restarts at %d requests a second", rounds, perSecond);
    int before = load.requests();
    int badExits = 0;
    for (int round = 0; round < rounds; round++) badExits += roll();
    Map<String, Integer> failed = load.takeFailures();
    load.takeFailedReads();
    say("  %d requests, failed: %s", load.requests() - before, failed);
    figures.put("failed_requests", sum(failed));
    figures.put("exits_other_than_0", (double) badExits);
  }

  /**
   * One more first, then one of the old ones leaves; that one's stop and the next start overlap.
   */
  private int roll() throws Exception {
    var leaving = new ArrayList<Thread>();
    var badExits = new CopyOnWriteArrayList<Integer>();
    for (Pod old : List.copyOf(pods)) {
      Pod fresh = add();
      until("the new one is ready", 120, fresh::ready);
      pods.remove(old);
      Thread deleting =
          new Thread(
              () -> {
                try {
                  int exit = old.delete();
                  if (exit != 143 && exit != 0) badExits.add(exit);
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
              });
      deleting.start();
      leaving.add(deleting);
    }
    for (Thread deleting : leaving) deleting.join();
    return badExits.size();
  }

  private void scale() throws Exception {
    say("up by two, and down again");
    Pod one = add();
    Pod two = add();
    until("both are ready", 120, () -> one.ready() && two.ready());
    Thread.sleep(2_000);
    for (Pod pod : List.of(one, two)) {
      pods.remove(pod);
      pod.delete();
    }
    Map<String, Integer> failed = load.takeFailures();
    load.takeFailedReads();
    say("  failed: %s", failed);
    figures.put("failed_while_scaling", sum(failed));
  }

  private void databaseAway() throws Exception {
    say("the database is away for %d s", awaySeconds);
    int restartsBefore = restarts();
    postgres.close();
    Thread.sleep(awaySeconds * 1_000L);
    Map<String, Integer> meanwhile = load.takeFailures();
    int failedReads = load.takeFailedReads();
    long back = startDatabase();
    until("a post is taken", 60, () -> load.lastWritten() > back);
    double recovery = (load.lastWritten() - back) / 1e9;
    Thread.sleep(2_000);
    load.takeFailures();
    load.takeFailedReads();
    say("  meanwhile: %s; back within %.1f s", meanwhile, recovery);
    figures.put("restarts_on_database_loss", (double) restarts() - restartsBefore);
    figures.put("failed_reads_without_database", (double) failedReads);
    figures.put("recovery_s", recovery);
  }

  private void kill() throws Exception {
    say("one is killed, another hangs");
    pods.get(0).signal("KILL");
    until("it was started again", 60, () -> pods.get(0).restarts() > 0 && pods.get(0).ready());
    Map<String, Integer> failed = load.takeFailures();
    say("  killed: failed %s", failed);
    Pod hung = pods.get(1);
    int before = hung.restarts();
    long start = System.nanoTime();
    hung.signal("STOP");
    until("it was started again", 120, () -> hung.restarts() > before && hung.ready());
    say(
        "  hung: failed %s, started again and ready after %.0f s",
        load.takeFailures(), (System.nanoTime() - start) / 1e9);
    load.takeFailedReads();
  }

  private void prepare() throws Exception {
    say("a database, its schema, a site");
    data = DataFolder.at(folder.resolve("data"));
    NetClient client = vertx.createNetClient();
    int proxy =
        vertx
            .createNetServer()
            .connectHandler(incoming -> toDatabase(client, incoming))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    startDatabase();
    Migrations.migrate(postgres.ownerUrl(), postgres.serveRole());
    String url = postgres.serviceUrl().replaceFirst(":\\d+/", ":" + proxy + "/");
    file("/run/secrets/database/uri", url);
    file("/run/secrets/afterword/secret", DataFolder.randomText());
    var site =
        new ProcessBuilder(
            Product.command(List.of("site", "add", "blog", "--origin", Load.ORIGIN)));
    site.environment().put("DATABASE_URL", url);
    site.environment().put("AFTERWORD_SECRET_FILE", files.get("/run/secrets/afterword/secret"));
    Process added = site.redirectErrorStream(true).start();
    String said = new String(added.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (added.waitFor() != 0) throw new IllegalStateException("no site: " + said);
  }

  /** The same port for the replicas, wherever the database comes up. */
  private void toDatabase(NetClient client, NetSocket incoming) {
    incoming.pause();
    client
        .connect(databasePort, "127.0.0.1")
        .onSuccess(
            outgoing -> {
              incoming.closeHandler(closed -> outgoing.close());
              outgoing.closeHandler(closed -> incoming.close());
              incoming.handler(outgoing::write);
              outgoing.handler(incoming::write);
              incoming.resume();
            })
        .onFailure(away -> incoming.close());
  }

  /** Gives when it was there, in nanoseconds. */
  private long startDatabase() {
    postgres = EmbeddedPostgres.start(data);
    databasePort = Integer.parseInt(postgres.serviceUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    return System.nanoTime();
  }

  private void file(String path, String content) throws Exception {
    Path file = folder.resolve(path.substring(1).replace('/', '-'));
    Files.writeString(file, content + "\n");
    files.put(path, file.toString());
  }

  private Pod add() throws Exception {
    var pod = new Pod(deployed, made++, files, folder);
    pods.add(pod);
    pod.start();
    return pod;
  }

  private List<String> readyAddresses() {
    return pods.stream().filter(Pod::ready).map(Pod::address).toList();
  }

  private int restarts() {
    return pods.stream().mapToInt(Pod::restarts).sum();
  }

  /** Acknowledged, and not in the database. */
  private int lost() throws Exception {
    String jdbc = postgres.ownerUrl().replaceFirst("postgres(ql)?://[^@]*@", "jdbc:postgresql://");
    String[] user = postgres.ownerUrl().replaceAll(".*//([^@]*)@.*", "$1").split(":", 2);
    var stored = new HashSet<String>();
    try (var connection = DriverManager.getConnection(jdbc, user[0], user[1]);
        var rows = connection.createStatement().executeQuery("select source from comment")) {
      while (rows.next()) stored.add(rows.getString(1));
    }
    say("%d posts were acknowledged, %d are stored", load.acknowledged().size(), stored.size());
    return (int) load.acknowledged().stream().filter(text -> !stored.contains(text)).count();
  }

  void close() throws Exception {
    for (Pod pod : pods) pod.end();
    vertx.close().await(10, TimeUnit.SECONDS);
    if (postgres != null) postgres.close();
    if (data != null) data.close();
    DataFolder.remove(folder);
  }

  private static double sum(Map<String, Integer> failures) {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void until(String what, int seconds, BooleanSupplier holds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end)
        throw new IllegalStateException("waited " + seconds + " s until " + what);
      Thread.sleep(20);
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(format + "%n", arguments);
  }

  private void print() {
    say("");
    figures.forEach((name, value) -> say("%-32s %10.1f  %s", name, value, goal(name)));
  }

  private static String goal(String name) {
    return name.equals("recovery_s") ? "≤ 5" : "0";
  }

  private JsonObject json() {
    var all = new JsonObject();
    figures.forEach(
        (name, value) ->
            all.put(
                name,
                new JsonObject()
                    .put("value", value)
                    .put("unit", name.endsWith("_s") ? "s" : "count")
                    .put("goal", goal(name))
                    .put("holds", name.equals("recovery_s") ? value <= 5 : value == 0)));
    return new JsonObject().put("figures", all);
  }
}
