package afterword.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.bench.Run;
import afterword.bench.Scale;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The plays of bin/rehearse, once each: nobody is cut off, and nothing acknowledged is lost. */
class RehearseIT {
  @Test
  void what_happens_to_a_fleet_cuts_nobody_off_and_loses_nothing() throws Exception {
    var run = new Run(Scale.SMOKE, List.of(), System.out);
    var rehearse = new Rehearse(run);
    try {
      rehearse.play();
      if (rehearse.confinement().hasRoot()) isConfined(rehearse.pods().get(0), rehearse.deployed());
    } finally {
      rehearse.close();
    }

    var broken = new TreeSet<String>();
    for (String name : run.toJson().fieldNames()) {
      JsonObject figure = run.toJson().getJsonObject(name);
      if (!figure.getBoolean("holds")) broken.add(name + "=" + figure.getDouble("value"));
    }
    assertEquals(new TreeSet<>(), broken);
    assertTrue(
        run.toJson()
            .fieldNames()
            .containsAll(Set.of("failed_requests", "lost_acknowledgements", "recovery_s")));
  }

  private static void isConfined(Pod pod, Deployed deployed) throws Exception {
    Path process = Path.of("/proc", Long.toString(pod.pid()));
    String status = Files.readString(process.resolve("status"));
    String user = Integer.toString(deployed.user());
    assertTrue(status.contains("Uid:\t" + user + "\t" + user), status);
    assertTrue(status.contains("CapEff:\t0000000000000000"), status);
    assertTrue(status.contains("NoNewPrivs:\t1"), status);
    assertTrue(
        Files.readAllLines(process.resolve("mounts")).stream()
            .filter(mount -> mount.split(" ")[1].equals("/"))
            .allMatch(mount -> mount.split(" ")[3].startsWith("ro")),
        "its root can be written");
  }
}
