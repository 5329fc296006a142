package afterword.rehearse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How near this machine lets a process come to a container: a root of its own that cannot be
 * written, the Deployment's user without any privilege, its limit of memory. Without the rights for
 * that a pod is a plain process, and {@link #leftOut} says what it lacks.
 */
final class Confinement {
  private static final Path SCRIPT =
      Path.of("src/test/resources/afterword/rehearse/pod.sh").toAbsolutePath();

  /** Where a group's limit is written, by generation of the kernel's control groups. */
  private record Groups(Path home, String limit) {}

  private final boolean root;
  private final Optional<Groups> groups;

  private Confinement(boolean root, Optional<Groups> groups) {
    this.root = root;
    this.groups = groups;
  }

  static Confinement ofThisMachine() {
    boolean root =
        succeeds("unshare", "--mount", "setpriv", "--no-new-privs", "chroot", "/", "true");
    return new Confinement(root, root ? groups() : Optional.empty());
  }

  /** A root, a user and rights of its own. */
  boolean hasRoot() {
    return root;
  }

  List<String> leftOut() {
    var missing = new ArrayList<String>();
    if (!root)
      missing.add("own root, read-only, and the Deployment's user (needs Linux and root here)");
    if (groups.isEmpty()) missing.add("the memory limit (no control group can be written here)");
    return missing;
  }

  /**
   * The command that becomes the pod's program.
   *
   * @param container an empty folder, the pod's alone
   */
  List<String> command(Deployed deployed, Program program, Volumes volumes, Path container)
      throws IOException {
    if (!root) return program.commandHere(deployed.arguments());
    Files.createDirectories(container);
    var command = new ArrayList<>(List.of("unshare", "--mount", "sh", SCRIPT.toString()));
    command.add(container.toString());
    command.add(Integer.toString(deployed.user()));
    command.add(group(deployed));
    for (Deployed.Mount mount : deployed.mounts())
      command.add(
          mount.secret().isEmpty()
              ? mount.bytes() + "=" + mount.path()
              : volumes.folder(mount.secret()) + "=" + mount.path());
    command.addAll(program.folders());
    command.add("--");
    command.addAll(program.command(deployed.arguments()));
    return command;
  }

  /** As "FILE=BYTES" of a new group, "-" where there is none. */
  private String group(Deployed deployed) throws IOException {
    if (groups.isEmpty()) return "-";
    Path group = groups.get().home().resolve("afterword-" + UUID.randomUUID());
    Files.createDirectory(group);
    group.toFile().deleteOnExit();
    return group.resolve(groups.get().limit()) + "=" + deployed.memoryBytes();
  }

  private static Optional<Groups> groups() {
    for (Groups one :
        List.of(
            new Groups(Path.of("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
            new Groups(Path.of("/sys/fs/cgroup"), "memory.max"))) {
      Path tried = one.home().resolve("afterword-" + UUID.randomUUID());
      try {
        Files.createDirectory(tried);
        boolean limits = Files.isWritable(tried.resolve(one.limit()));
        Files.delete(tried);
        if (limits) return Optional.of(one);
      } catch (IOException notAllowed) {
        // The next one, or none.
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
