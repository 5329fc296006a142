package afterword.rehearse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The pods of one Deployment, and what its controller does with them. */
final class Fleet {
  /** A new JVM on a machine that is loaded takes its time. */
  private static final int READY_WITHIN_SECONDS = 180;

  private final Deployed deployed;
  private final Confinement confinement;
  private final Volumes volumes;
  private final Path folder;
  private final Consumer<String> tell;
  private final List<Pod> pods = new CopyOnWriteArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Integer> badExits = new CopyOnWriteArrayList<>();
  private Program program;
  private int made;
  private int restartsOfFormer;

  Fleet(
      Deployed deployed,
      Confinement confinement,
      Volumes volumes,
      Program program,
      Path folder,
      Consumer<String> tell) {
    this.deployed = deployed;
    this.confinement = confinement;
    this.volumes = volumes;
    this.program = program;
    this.folder = folder;
    this.tell = tell;
  }

  /** Of pods that start from now on. */
  void set(String setting, String value) {
    settings.put(setting, value);
  }

  /** Of pods that start from now on. */
  void set(Program newer) {
    program = newer;
  }

  List<Pod> pods() {
    return pods;
  }

  List<String> readyAddresses() {
    return pods.stream().filter(Pod::ready).map(Pod::address).toList();
  }

  int restarts() {
    return restartsOfFormer + pods.stream().mapToInt(Pod::restarts).sum();
  }

  /** Exit codes other than 0 of pods that were told to end. */
  List<Integer> badExits() {
    return badExits;
  }

  /** Gives the new ones. */
  List<Pod> up(int more) throws Exception {
    var fresh = new ArrayList<Pod>();
    for (int i = 0; i < more; i++) fresh.add(add());
    until("new pods are ready", READY_WITHIN_SECONDS, () -> fresh.stream().allMatch(Pod::ready));
    if (fresh.stream().anyMatch(pod -> pod.restarts() > 0))
      throw new IllegalStateException("a new pod did not start at once");
    return fresh;
  }

  /** All in the same moment. */
  void down(List<Pod> fewer) throws InterruptedException {
    var leaving = new ArrayList<Thread>();
    for (Pod pod : fewer) leaving.add(delete(pod));
    for (Thread one : leaving) one.join();
  }

  /** Somebody deletes a pod, or drains its node: the controller makes another one. */
  void replaceOne() throws Exception {
    Thread leaving = delete(pods.get(0));
    up(1);
    leaving.join();
  }

  /** One more first, then one of the former ones leaves, whose stop and the next start overlap. */
  void roll() throws Exception {
    var leaving = new ArrayList<Thread>();
    for (Pod former : List.copyOf(pods)) {
      up(1);
      leaving.add(delete(former));
    }
    for (Thread one : leaving) one.join();
  }

  void end() throws InterruptedException {
    for (Pod pod : pods) pod.end();
  }

  private Pod add() throws IOException {
    Path own = folder.resolve("pod-" + made);
    own.toFile().mkdirs();
    List<String> command = confinement.command(deployed, program, volumes, own.resolve("root"));
    var pod = new Pod(deployed, made++, environment(own), command, own, tell);
    pods.add(pod);
    pod.start();
    return pod;
  }

  /** Without a root of its own a pod sees this machine's paths. */
  private Map<String, String> environment(Path own) {
    var environment = new LinkedHashMap<>(settings);
    if (confinement.hasRoot()) return environment;
    environment.put("TMPDIR", own.toString());
    deployed
        .environment()
        .forEach(
            (name, path) -> {
              for (Deployed.Mount mount : deployed.mounts())
                if (!mount.secret().isEmpty() && path.startsWith(mount.path() + "/"))
                  environment.put(
                      name,
                      volumes
                          .file(mount.secret(), path.substring(mount.path().length() + 1))
                          .toString());
            });
    return environment;
  }

  private Thread delete(Pod pod) {
    pods.remove(pod);
    restartsOfFormer += pod.restarts();
    Thread deleting =
        new Thread(
            () -> {
              try {
                int exit = pod.delete();
                if (exit != 0) badExits.add(exit);
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    deleting.start();
    return deleting;
  }

  static void until(String what, int seconds, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end)
        throw new IllegalStateException("waited " + seconds + " s until " + what);
      Thread.sleep(20);
    }
  }
}
