package afterword.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One client that asks one thing after another, and how long each took. */
final class Caller implements AutoCloseable {
  private final Socket socket;
  private final BufferedInputStream in;
  private long nanos;

  Caller(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 18);
  }

  /** The body; the answer must be 200. */
  String get(String path) throws IOException {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    long begin = System.nanoTime();
    socket.getOutputStream().write(request);
    int length = 0;
    String status = line();
    for (String line = line(); !line.isEmpty(); line = line())
      if (line.regionMatches(true, 0, "content-length: ", 0, 16))
        length = Integer.parseInt(line.substring(16));
    byte[] body = in.readNBytes(length);
    nanos = System.nanoTime() - begin;
    if (!status.contains(" 200 ")) throw new IOException(path + ": " + status);
    return new String(body, StandardCharsets.UTF_8);
  }

  /** How long the last one took. */
  double millis() {
    return nanos / 1e6;
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new IOException("the server closed the connection");
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
