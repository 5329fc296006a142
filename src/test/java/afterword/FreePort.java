package afterword;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that has to be told one. None of those that the kernel hands out: whoever
 * asks it for any port meanwhile might get that one. Each is given once.
 */
public final class FreePort {
  /** Below where Linux begins to hand out. */
  private static final int FIRST = 16_000;

  private static final int COUNT = 16_000;

  private static int next = ThreadLocalRandom.current().nextInt(COUNT);

  private FreePort() {}

  public static synchronized int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + next++ % COUNT;
      if (isFree(port)) return port;
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
