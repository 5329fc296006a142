package afterword.rehearse;

import static afterword.rehearse.Fleet.until;

import afterword.bench.Goal;
import afterword.bench.Measured;
import afterword.bench.Run;
import afterword.bench.Scale;
import afterword.config.DataFolder;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code bin/rehearse [--smoke|--short] [--json FILE] [--rate N] [--image ROOT] [--former ROOT]}:
 * plays what happens to a fleet in its life, under load, and prints what readers and writers
 * noticed. Ends with 0 when everything was played, whatever the figures are.
 *
 * <p>{@code --image} is a root made by bin/image, else pods run this checkout; {@code --former} the
 * root of an earlier release, which then runs beside this one on this one's schema.
 */
public final class Rehearse {
  private static final int LATER_VERSION = 9_000;

  private final Run run;
  private final int rate;
  private final Program checkout;
  private final Program program;
  private final Optional<Program> former;
  private final Path folder = Files.createTempDirectory("rehearse");
  private final Vertx vertx = Vertx.vertx();
  private final Deployed deployed = Deployed.read().onFreePorts();
  private final Volumes volumes;
  private final PlayedDatabase database;
  private final Confinement confinement = Confinement.ofThisMachine();
  private final Fleet fleet;
  private Load load;
  private boolean closed;
  private int lost;

  Rehearse(Run run) throws Exception {
    this.run = run;
    this.rate = option("--rate").map(Integer::parseInt).orElse(run.scale == Scale.SMOKE ? 10 : 50);
    this.checkout = Program.ofCheckout(Files.createDirectory(folder.resolve("app")));
    this.program = option("--image").map(root -> Program.ofImage(Path.of(root))).orElse(checkout);
    this.former = option("--former").map(root -> Program.ofImage(Path.of(root)));
    run.say("pods run %s", program.words());
    for (String missing : confinement.leftOut()) run.say("  left out: %s", missing);
    run.say("a database, its schema, a site");
    this.volumes = new Volumes(folder.resolve("volumes"), deployed.user());
    this.database = new PlayedDatabase(vertx, folder.resolve("data"));
    this.fleet =
        new Fleet(deployed, confinement, volumes, program, folder, words -> run.say("  %s", words));
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    Scale scale =
        words.remove("--smoke") ? Scale.SMOKE : words.remove("--short") ? Scale.SHORT : Scale.FULL;
    var run = new Run(scale, words, System.out);
    var rehearse = new Rehearse(run);
    Runtime.getRuntime().addShutdownHook(new Thread(rehearse::interrupted));
    try {
      rehearse.play();
      run.printTable();
      if (rehearse.option("--json").isPresent())
        Files.writeString(
            Path.of(rehearse.option("--json").get()),
            Measured.where(run.toJson()).encodePrettily() + "\n");
    } finally {
      rehearse.close();
    }
    System.exit(0);
  }

  void play() throws Exception {
    openTheShop();
    rollingRestarts();
    replaced();
    scaled();
    databaseAway();
    databaseRestarted();
    secretChanged();
    settingChanged();
    laterSchema();
    killed();
    hung();
    load.stop();
    Set<String> stored = database.sources();
    long gone = load.acknowledged().stream().filter(text -> !stored.contains(text)).count();
    run.say("%d posts were acknowledged, %d are stored", load.acknowledged().size(), stored.size());
    none("lost_acknowledgements", gone);
    none("lost_requests", lost);
    none("exits_other_than_0", fleet.badExits().size());
  }

  /** The pods as they stand now. */
  List<Pod> pods() {
    return fleet.pods();
  }

  Confinement confinement() {
    return confinement;
  }

  Deployed deployed() {
    return deployed;
  }

  /** Leaves no pod and no database behind. */
  private void interrupted() {
    try {
      close();
    } catch (Exception failed) {
      run.say("not everything could be stopped: %s", failed.getMessage());
    }
  }

  synchronized void close() throws Exception {
    if (closed) return;
    closed = true;
    try {
      if (load != null) load.end();
      fleet.end();
      vertx.close().await(10, TimeUnit.SECONDS);
    } finally {
      database.close();
      DataFolder.remove(folder);
    }
  }

  private void openTheShop() throws Exception {
    volumes.write("afterword-database", "uri", database.url());
    volumes.write("afterword", "secret", DataFolder.randomText());
    addSite();
    former.ifPresent(fleet::set);
    fleet.up(deployed.replicas());
    var balancer = new Balancer(vertx, fleet::readyAddresses, deployed.httpPort());
    int port = balancer.start().await(10, TimeUnit.SECONDS);
    until("the balancer has heard", 60, () -> balancer.heard().size() == deployed.replicas());
    load = new Load(vertx, port);
    load.start(rate);
    until("posts are taken", 60, () -> !load.acknowledged().isEmpty());
    load.take();
    if (former.isPresent()) besideTheFormer();
  }

  private void rollingRestarts() throws Exception {
    int rounds = run.scale.of(1, 5, 50);
    run.say("%d rolling restarts at %d requests a second", rounds, rate);
    int before = fleet.restarts();
    for (int round = 0; round < rounds; round++) fleet.roll();
    Load.Noticed noticed = load.take();
    run.say("  %s", noticed);
    none("failed_requests", noticed.failed());
    lost += noticed.lost();
    none("restarts_while_rolling", fleet.restarts() - before);
  }

  private void replaced() throws Exception {
    run.say("one pod is told to end (SIGTERM), and replaced");
    fleet.replaceOne();
    failed("failed_on_sigterm");
  }

  private void scaled() throws Exception {
    run.say("up by two, and down again");
    fleet.up(2);
    fleet.down(2);
    failed("failed_while_scaling");
  }

  private void databaseAway() throws Exception {
    int seconds = run.scale.of(3, 20, 60);
    run.say("the database is away for %d s", seconds);
    int before = fleet.restarts();
    database.stop();
    TimeUnit.SECONDS.sleep(seconds);
    Load.Noticed meanwhile = load.take();
    double recovery = recovery(database.start());
    run.say("  %s; back within %.1f s", meanwhile, recovery);
    none("restarts_on_database_loss", fleet.restarts() - before);
    none("failed_reads_without_database", meanwhile.failedReads());
    none("writes_failed_other_than_503", meanwhile.lostWrites());
    run.figure("recovery_s", recovery, "s", Goal.atMost(5));
  }

  private void databaseRestarted() throws Exception {
    run.say("the database is restarted");
    int before = fleet.restarts();
    database.stop();
    double recovery = recovery(database.start());
    run.say("  %s; back within %.1f s", load.take(), recovery);
    none("restarts_on_database_restart", fleet.restarts() - before);
    run.figure("recovery_after_restart_s", recovery, "s", Goal.atMost(5));
  }

  /** Seconds from when the database was there to the first post that is taken. */
  private double recovery(long back) throws InterruptedException {
    until("a post is taken", 60, () -> load.lastWritten() > back);
    return (load.lastWritten() - back) / 1e9;
  }

  private void secretChanged() throws Exception {
    run.say("the database's password is changed, first there, then in the secret");
    int before = fleet.restarts();
    database.rotate("rotated-by-the-rehearsal");
    volumes.write("afterword-database", "uri", database.url());
    double recovery = recovery(System.nanoTime());
    run.say("  %s; back within %.1f s", load.take(), recovery);
    none("restarts_on_secret_change", fleet.restarts() - before);
    run.figure("recovery_after_secret_change_s", recovery, "s", Goal.atMost(5));
  }

  private void settingChanged() throws Exception {
    run.say("a setting is changed, which rolls the pods");
    fleet.set("AFTERWORD_POOL_SIZE", "12");
    fleet.roll();
    failed("failed_on_setting_change");
  }

  /** The release that runs now meets a schema of a later one, and so do pods that start then. */
  private void laterSchema() throws Exception {
    run.say("the schema of a later version, this one runs on");
    database.migrateTo(LATER_VERSION);
    fleet.roll();
    failed("failed_on_later_schema");
  }

  /** Both releases serve on the schema of the newer one. */
  private void besideTheFormer() throws Exception {
    run.say("the release of %s and this one side by side", former.orElseThrow().words());
    fleet.set(program);
    fleet.up(1);
    TimeUnit.SECONDS.sleep(run.scale.of(1, 5, 30));
    fleet.down(1);
    fleet.roll();
    failed("failed_beside_former_release");
  }

  private void killed() throws Exception {
    run.say("one is killed (SIGKILL)");
    Pod pod = fleet.pods().get(0);
    int before = pod.restarts();
    long start = System.nanoTime();
    pod.signal("KILL");
    until("it was started again", 120, () -> pod.restarts() > before && pod.ready());
    stated("killed", start);
  }

  private void hung() throws Exception {
    if (run.scale == Scale.SMOKE) return;
    run.say("one hangs (SIGSTOP): its liveness probe has to notice");
    Pod pod = fleet.pods().get(1);
    int before = pod.restarts();
    long start = System.nanoTime();
    pod.signal("STOP");
    until("it was started again", 180, () -> pod.restarts() > before && pod.ready());
    stated("hung", start);
  }

  /** What was under way there cannot be saved, but for what was acknowledged. */
  private void stated(String what, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    Load.Noticed noticed = load.take();
    run.say("  %s; started again and ready after %.1f s", noticed, seconds);
    run.figure("failed_when_" + what, noticed.failed(), "count", Goal.stated());
    run.figure("ready_again_after_" + what + "_s", seconds, "s", Goal.stated());
  }

  private void failed(String figure) {
    Load.Noticed noticed = load.take();
    run.say("  %s", noticed);
    none(figure, noticed.failed());
    lost += noticed.lost();
  }

  private void none(String figure, long value) {
    run.figure(figure, value, "count", Goal.exactly(0));
  }

  private void addSite() throws Exception {
    var site =
        new ProcessBuilder(
            checkout.commandHere(List.of("site", "add", "blog", "--origin", Load.ORIGIN)));
    site.environment().put("DATABASE_URL", database.url());
    site.environment().put("AFTERWORD_SECRET_FILE", volumes.file("afterword", "secret").toString());
    Process added = site.redirectErrorStream(true).start();
    String said = new String(added.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (added.waitFor() != 0) throw new IllegalStateException("no site: " + said);
    database.askNoProofs();
  }

  private Optional<String> option(String name) {
    int at = run.options.indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(run.options.get(at + 1));
  }
}
