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
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

  /** For what must come, however busy the machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For what must not come. */
  private static final Duration QUIET = Duration.ofMillis(300);

  private final Socket socket;

  RawSocket(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /** From another loopback address, where somebody else is to be played. */
  RawSocket(int port, String from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
  }

  /** Takes no more from the other end than about so many bytes before they are read. */
  RawSocket receiveInto(int bytes) throws IOException {
    socket.setReceiveBufferSize(bytes);
    return this;
  }

  RawSocket send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawSocket send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** One whole answer, or what came until the other end closed. */
  Answer answer() throws IOException {
    var received = new ByteArrayOutputStream();
    boolean closed = false;
    while (!closed && !isWhole(received)) closed = !more(received, PATIENCE);
    return new Answer(received.toString(StandardCharsets.UTF_8), closed);
  }

  /** One answer and whatever else follows right after it. */
  Answer answerAndMore() throws IOException {
    Answer first = answer();
    if (first.closed()) return first;
    Answer more = whatComes();
    return new Answer(first.text() + more.text(), more.closed());
  }

  /** What comes until the other end closes, which it must. */
  Answer untilClosed() throws IOException {
    var received = new ByteArrayOutputStream();
    while (more(received, PATIENCE)) {}
    return new Answer(received.toString(StandardCharsets.UTF_8), true);
  }

  /** What comes without anything being waited for. */
  Answer whatComes() throws IOException {
    var received = new ByteArrayOutputStream();
    try {
      while (more(received, QUIET)) {}
    } catch (SocketTimeoutException nothing) {
      return new Answer(received.toString(StandardCharsets.UTF_8), false);
    }
    return new Answer(received.toString(StandardCharsets.UTF_8), true);
  }

  /** False where the other end has closed. */
  private boolean more(ByteArrayOutputStream received, Duration within) throws IOException {
    socket.setSoTimeout((int) within.toMillis());
    byte[] buffer = new byte[16_384];
    try {
      int n = socket.getInputStream().read(buffer);
      if (n > 0) received.write(buffer, 0, n);
      return n >= 0;
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException reset) {
      return false;
    }
  }

  private static boolean isWhole(ByteArrayOutputStream received) {
    String bytes = received.toString(StandardCharsets.ISO_8859_1);
    int head = bytes.indexOf("\r\n\r\n");
    if (head < 0) return false;
    Matcher length = LENGTH.matcher(bytes.substring(0, head + 2));
    if (length.find()) return bytes.length() >= head + 4 + Integer.parseInt(length.group(1));
    return !bytes.substring(0, head).toLowerCase().contains("transfer-encoding: chunked")
        || bytes.endsWith("0\r\n\r\n");
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
