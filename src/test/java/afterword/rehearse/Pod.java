package afterword.rehearse;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One replica: the program in a process and at a loopback address of its own, probed as its
 * Deployment says. A container that fails its liveness probe or ends by itself is started again.
 */
final class Pod {
  private final Deployed deployed;
  private final String address;
  private final Map<String, String> environment;
  private final List<String> command;
  private final Path log;
  private volatile Process process;
  private volatile boolean started;
  private volatile boolean ready;
  private volatile boolean leaving;
  private volatile int restarts;

  Pod(Deployed deployed, int number, Map<String, String> files, Path folder) {
    this.deployed = deployed;
    this.address = "127.0.%d.%d".formatted(1 + number / 250, 1 + number % 250);
    this.environment = new HashMap<>(deployed.environment());
    // A pod has an address of its own where a process of this machine has one of loopback's.
    environment.put("HTTP_HOST", address);
    environment.put("MANAGEMENT_HOST", address);
    environment.put("AFTERWORD_TRUSTED_PROXIES", "127.0.0.0/8");
    environment.put("TMPDIR", folder.toString());
    environment.replaceAll((name, value) -> files.getOrDefault(value, value));
    this.command = Product.command(List.of("serve"));
    this.log = folder.resolve("pod-" + number + ".log");
  }

  void start() throws IOException {
    run();
    Thread kubelet = new Thread(this::probe, "kubelet-" + address);
    kubelet.setDaemon(true);
    kubelet.start();
  }

  private void run() throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
  }

  String address() {
    return address;
  }

  boolean ready() {
    return ready && !leaving;
  }

  int restarts() {
    return restarts;
  }

  /** SIGTERM, and SIGKILL after the grace; gives the exit code. */
  int delete() throws InterruptedException {
    leaving = true;
    process.destroy();
    if (!process.waitFor(deployed.graceSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    return process.waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  void end() {
    leaving = true;
    process.destroyForcibly();
  }

  private void probe() {
    int unready = 0;
    int dead = 0;
    int waited = 0;
    long tick = 0;
    try {
      while (!leaving) {
        Thread.sleep(500);
        tick++;
        if (!process.isAlive() && !leaving) {
          restart("ended with " + process.exitValue());
          unready = dead = waited = 0;
          continue;
        }
        if (!started) {
          if (tick % (2L * deployed.startup().periodSeconds()) != 0) continue;
          started = holds(deployed.startup());
          if (!started && ++waited >= deployed.startup().failures()) restart("did not start");
          if (!started) continue;
        }
        if (tick % (2L * deployed.readiness().periodSeconds()) == 0 || !ready) {
          if (holds(deployed.readiness())) {
            ready = true;
            unready = 0;
          } else if (++unready >= deployed.readiness().failures()) {
            ready = false;
          }
        }
        if (tick % (2L * deployed.liveness().periodSeconds()) == 0) {
          dead = holds(deployed.liveness()) ? 0 : dead + 1;
          if (dead >= deployed.liveness().failures()) {
            restart("is not alive");
            dead = 0;
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private void restart(String why) throws IOException {
    if (leaving) return;
    System.out.println("  " + address + " " + why + ", started again");
    restarts++;
    ready = false;
    started = false;
    process.destroyForcibly();
    run();
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
}
