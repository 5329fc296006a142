package afterword.rehearse;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One replica: the program in a process and at a loopback address of its own, confined and probed
 * as its Deployment says. A container that fails its liveness probe or ends by itself is started
 * again.
 */
final class Pod {
  private static final int LOOK_MILLIS = 200;

  private final Deployed deployed;
  private final String address;
  private final Map<String, String> environment;
  private final List<String> command;
  private final Path log;
  private final Consumer<String> tell;
  private final ScheduledExecutorService kubelet = Executors.newScheduledThreadPool(2, Pod::daemon);
  private volatile Process process;
  private volatile boolean started;
  private volatile boolean ready;
  private volatile boolean leaving;
  private volatile int restarts;
  private int unstarted;
  private int unready;
  private int dead;

  /**
   * @param settings above those of the Deployment
   * @param folder the pod's alone
   */
  Pod(
      Deployed deployed,
      int number,
      Map<String, String> settings,
      List<String> command,
      Path folder,
      Consumer<String> tell) {
    this.deployed = deployed;
    this.address = "127.0.%d.%d".formatted(1 + number / 250, 1 + number % 250);
    this.environment = new HashMap<>(deployed.environment());
    // A pod has an address of its own where a process of this machine has one of loopback's.
    environment.put("HTTP_HOST", address);
    environment.put("MANAGEMENT_HOST", address);
    environment.put("AFTERWORD_TRUSTED_PROXIES", "127.0.0.0/8");
    environment.putAll(settings);
    this.command = command;
    this.log = folder.resolve("log");
    this.tell = tell;
  }

  void start() throws IOException {
    run();
    kubelet.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    every(deployed.startup(), this::startup);
    every(deployed.readiness(), this::readiness);
    every(deployed.liveness(), this::liveness);
  }

  String address() {
    return address;
  }

  int port() {
    return deployed.httpPort();
  }

  boolean ready() {
    return ready && !leaving;
  }

  int restarts() {
    return restarts;
  }

  long pid() {
    return process.pid();
  }

  String said() throws IOException {
    return Files.readString(log);
  }

  /** Gives the exit code. */
  int delete() throws InterruptedException {
    leaving = true;
    kubelet.shutdownNow();
    return end(process);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  void end() throws InterruptedException {
    leaving = true;
    kubelet.shutdownNow();
    process.destroyForcibly().waitFor();
  }

  private void run() throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  private void every(Deployed.Probe probe, Runnable probing) {
    kubelet.scheduleAtFixedRate(
        probing, probe.periodSeconds(), probe.periodSeconds(), TimeUnit.SECONDS);
  }

  private void look() {
    Process looked = process;
    if (looked.isAlive() || leaving) return;
    restart(looked, "ended with " + looked.exitValue() + " (see " + log + ")");
  }

  private void startup() {
    if (started) return;
    if (holds(deployed.startup())) started = true;
    else if (++unstarted >= deployed.startup().failures()) restart(process, "did not start");
  }

  private void readiness() {
    if (!started) return;
    if (holds(deployed.readiness())) {
      ready = true;
      unready = 0;
    } else if (++unready >= deployed.readiness().failures()) {
      if (ready) tell.accept(address + " is not ready any more");
      ready = false;
    }
  }

  private void liveness() {
    if (!started) return;
    Process asked = process;
    dead = holds(deployed.liveness()) ? 0 : dead + 1;
    if (dead >= deployed.liveness().failures()) restart(asked, "is not alive");
  }

  /** Whoever was not alive is told to end as anybody else is, and has the same time for it. */
  private synchronized void restart(Process former, String why) {
    if (leaving || process != former) return;
    tell.accept(address + " " + why + ", started again");
    restarts++;
    try {
      end(former);
      ready = started = false;
      unready = unstarted = dead = 0;
      run();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** SIGTERM, and SIGKILL after the grace; gives the exit code. */
  private int end(Process told) throws InterruptedException {
    told.destroy();
    if (!told.waitFor(deployed.graceSeconds(), TimeUnit.SECONDS)) told.destroyForcibly();
    return told.waitFor();
  }

  private boolean holds(Deployed.Probe probe) {
    try {
      var connection =
          (HttpURLConnection)
              URI.create("http://" + address + ":" + deployed.managementPort() + probe.path())
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(probe.timeoutSeconds() * 1_000);
      connection.setReadTimeout(probe.timeoutSeconds() * 1_000);
      try {
        return connection.getResponseCode() < 400;
      } finally {
        connection.disconnect();
      }
    } catch (IOException unreachable) {
      return false;
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "kubelet");
    thread.setDaemon(true);
    return thread;
  }
}
