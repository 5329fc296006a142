package afterword.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client without manners: sends bytes as they are and tells what came back. */
final class RawSocket implements AutoCloseable {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
  private final Socket socket;

  RawSocket(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /** From another loopback address, where somebody else is to be played. */
  RawSocket(int port, String from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
  }

  RawSocket send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** What arrives until the other end closes, or nothing has come for that long. */
  Answer read(Duration quiet) throws IOException {
    socket.setSoTimeout((int) quiet.toMillis());
    var received = new ByteArrayOutputStream();
    boolean closed = false;
    try {
      byte[] buffer = new byte[16_384];
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        received.write(buffer, 0, n);
      }
      closed = true;
    } catch (SocketTimeoutException stillOpen) {
      // as it says
    } catch (IOException reset) {
      closed = true;
    }
    return new Answer(received.toString(StandardCharsets.UTF_8), closed);
  }

  record Answer(String text, boolean closed) {
    List<Integer> statuses() {
      var statuses = new ArrayList<Integer>();
      Matcher lines = STATUS_LINE.matcher(text);
      while (lines.find()) statuses.add(Integer.parseInt(lines.group(1)));
      return statuses;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
