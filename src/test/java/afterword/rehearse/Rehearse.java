package afterword.rehearse;

import static afterword.rehearse.Fleet.until;

import afterword.bench.Measured;
import afterword.bench.MeasuredDocument;
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
 * {@code bin/rehearse [--smoke|--short] [--json FILE] [--docs] [--rate N] [--image ROOT] [--former
 * ROOT]}: plays what happens to a fleet in its life, under load, and prints what readers and
 * writers noticed. Ends with 0 when everything was played, whatever the figures are.
 *
 * <p>{@code --image} is a root made by bin/image, else pods run this checkout; {@code --former} the
 * root of an earlier release, which then runs beside this one on this one's schema, else that is
 * this program as it was before the schema's last step. {@code --docs} writes the table into
 * docs/operate/rehearsal.md.
 */
public final class Rehearse {
  private final Run run;
  private final int rate;
  private final Program checkout;
  private final Program program;
  private final Path folder = Files.createTempDirectory("rehearse");
  private final Vertx vertx = Vertx.vertx();
  private final Deployed deployed;
  private final Volumes volumes;
  private final PlayedDatabase database;
  private final Confinement confinement = Confinement.ofThisMachine();
  private final Fleet fleet;
  private Load load;
  private boolean closed;

  Rehearse(Run run) throws Exception {
    this.run = run;
    this.rate = option("--rate").map(Integer::parseInt).orElse(run.scale == Scale.SMOKE ? 10 : 50);
    Deployed written = Deployed.read().onFreePorts();
    this.deployed = run.scale == Scale.SMOKE ? written.hurried() : written;
    this.checkout = Program.ofCheckout(Files.createDirectory(folder.resolve("app")));
    this.program = option("--image").map(root -> Program.ofImage(Path.of(root))).orElse(checkout);
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
      if (words.contains("--docs")) rehearse.document(String.join(" ", arguments));
    } finally {
      rehearse.close();
    }
    System.exit(0);
  }

  void play() throws Exception {
    openTheShop();
    var stage = new Stage(run, fleet, load, database, volumes);
    var updates = new UpdatePlays(stage);
    var losses = new LossPlays(stage);
    updates.roll(run.scale.of(1, 5, 50), rate);
    updates.replace();
    updates.scale();
    losses.away(run.scale.of(3, 20, 60));
    losses.restarted();
    losses.passwordChanged();
    updates.changeSetting();
    if (run.scale != Scale.SMOKE) besideTheFormer(updates);
    updates.laterSchema();
    harm(new HarmPlays(stage));
    load.stop();
    Set<String> stored = database.sources();
    long gone = load.acknowledged().stream().filter(text -> !stored.contains(text)).count();
    run.say("%d posts were acknowledged, %d are stored", load.acknowledged().size(), stored.size());
    stage.none("lost_acknowledgements", gone);
    stage.stated("acknowledgements", load.acknowledged().size(), "count");
    stage.none("exits_other_than_0", fleet.badExits().size());
  }

  private void besideTheFormer(UpdatePlays updates) throws Exception {
    Optional<Program> former =
        option("--former").isPresent()
            ? option("--former").map(root -> Program.ofImage(Path.of(root)))
            : formerOfHistory();
    if (former.isEmpty()) run.say("left out: an earlier version beside this one (no history)");
    else updates.besideTheFormer(former.get(), program, run.scale.of(1, 5, 30));
  }

  private Optional<Program> formerOfHistory() throws Exception {
    Optional<Former> former = Former.find(Files.createDirectory(folder.resolve("former")));
    if (former.isEmpty()) return Optional.empty();
    String words = "commit " + former.get().commit() + " (before the schema's last step)";
    return Optional.of(checkout.instead("former", former.get().classes(), words));
  }

  private void harm(HarmPlays plays) throws Exception {
    plays.killed();
    if (run.scale == Scale.SMOKE) return;
    plays.stopped();
    try (Patched hanging = Patched.of(Patched.named("plays", "hung-loop"))) {
      plays.hungLoop(checkout.patched("hung-loop", hanging.classes()), program);
    }
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
    fleet.up(deployed.replicas());
    var balancer = new Balancer(vertx, fleet::readyAddresses, deployed.httpPort());
    int port = balancer.start().await(10, TimeUnit.SECONDS);
    until("the balancer has heard", 60, () -> balancer.heard().size() == deployed.replicas());
    load = new Load(vertx, port);
    load.start(rate);
    until("posts are taken", 60, () -> !load.acknowledged().isEmpty());
    load.take();
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

  private void document(String arguments) throws Exception {
    String command = ("bin/rehearse " + arguments).replaceAll(" --(docs|json \\S+)", "").strip();
    var lines = new ArrayList<String>();
    lines.add("Pods ran %s, at %d requests a second.".formatted(program.words(), rate));
    for (String missing : confinement.leftOut()) lines.add("Left out: " + missing + ".");
    lines.add("");
    lines.addAll(run.markdown());
    new MeasuredDocument(Path.of("docs/operate/rehearsal.md")).write("rehearsal", command, lines);
  }

  private Optional<String> option(String name) {
    int at = run.options.indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(run.options.get(at + 1));
  }
}
