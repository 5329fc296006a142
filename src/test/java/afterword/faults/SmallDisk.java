package afterword.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of a few hundred megabytes in memory, which can be full. Needs root. */
record SmallDisk(Path folder) implements AutoCloseable {
  static SmallDisk mount(int megabytes) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("small-disk");
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    return new SmallDisk(folder);
  }

  /** To the last byte. */
  void fill() throws IOException {
    var zeros = ByteBuffer.allocateDirect(1 << 16);
    try (var file =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = zeros.capacity(); size > 0; size /= 2) {
        try {
          while (file.write(zeros.clear().limit(size)) > 0) continue;
        } catch (IOException full) {
          // Perhaps less still fits.
        }
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", folder.toString());
    Files.delete(folder);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0)
      throw new IllegalStateException(String.join(" ", command) + " failed: this play needs root");
  }
}
