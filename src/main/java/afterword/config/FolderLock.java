package afterword.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * That a folder is this process's, until it is closed or the process ends, however it does. On
 * POSIX whoever closes any channel of a file drops all locks that the process has on it, so a
 * folder that this process has is never opened a second time.
 */
final class FolderLock implements AutoCloseable {
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Empty if somebody has it. */
  static Optional<FolderLock> take(Path path) throws IOException {
    Path folder = path.toRealPath();
    if (!OURS.add(folder)) return Optional.empty();
    FolderLock lock = null;
    try {
      lock = locked(folder);
    } finally {
      if (lock == null) OURS.remove(folder);
    }
    return Optional.ofNullable(lock);
  }

  static Path file(Path folder) {
    return folder.resolve("lock");
  }

  private static FolderLock locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FolderLock lock = null;
    try {
      // Whoever removes a folder has its lock; then that of a file that is gone is worth nothing.
      if (channel.tryLock() != null && Files.exists(file(folder)))
        lock = new FolderLock(folder, channel);
    } finally {
      if (lock == null) channel.close();
    }
    return lock;
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) return;
    channel.close();
    OURS.remove(folder);
  }
}
