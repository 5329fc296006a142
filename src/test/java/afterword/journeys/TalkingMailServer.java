package afterword.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server (RFC 5321) that can be made to refuse, and that begins encryption when asked to
 * (RFC 3207): both of which the tests' usual one does not.
 */
final class TalkingMailServer implements AutoCloseable {
  /** Every line of every conversation; what came encrypted after "tls ". */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** The answer to RCPT; empty to take it. */
  volatile Optional<String> refusal = Optional.empty();

  private final Optional<SSLContext> encryption;
  private final ServerSocket server;

  /**
   * @param encryption empty for a server that knows none
   */
  TalkingMailServer(Optional<SSLContext> encryption) throws IOException {
    this.encryption = encryption;
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    begin(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  long heard(String beginning) {
    return heard.stream().filter(line -> line.startsWith(beginning)).count();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static void begin(Runnable work) {
    var thread = new Thread(work, "mail server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        begin(() -> talk(socket));
      }
    } catch (IOException closed) {
      // By close().
    }
  }

  private void talk(Socket socket) {
    try (Socket plain = socket) {
      say(plain, "220 mail.example");
      if (!talk(plain, "", encryption.isPresent())) return;
      SSLSocket encrypted =
          (SSLSocket)
              encryption
                  .orElseThrow()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", plain.getPort(), true);
      encrypted.setUseClientMode(false);
      talk(encrypted, "tls ", false);
    } catch (IOException gone) {
      // As clients may be at any time.
    }
  }

  /** Whether encryption shall begin. */
  private boolean talk(Socket socket, String prefix, boolean offers) throws IOException {
    boolean data = false;
    for (String line = line(socket); line != null; line = line(socket)) {
      heard.add(prefix + line);
      if (data) {
        data = !line.equals(".");
        if (!data) say(socket, "250 taken");
      } else if (line.equals("STARTTLS")) {
        say(socket, "220 go on");
        return true;
      } else {
        data = line.equals("DATA");
        say(socket, answer(line, offers));
        if (line.equals("QUIT")) return false;
      }
    }
    return false;
  }

  private String answer(String line, boolean offers) {
    if (line.startsWith("EHLO") && offers) return "250-mail.example\r\n250 STARTTLS";
    if (line.startsWith("RCPT")) return refusal.orElse("250 fine");
    if (line.equals("DATA")) return "354 go on";
    return line.equals("QUIT") ? "221 bye" : "250 fine";
  }

  /** Byte by byte: whatever comes after the line is for who reads next. */
  private static String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') return line.toString(StandardCharsets.UTF_8).strip();
      line.write(b);
    }
    return null;
  }

  private static void say(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }
}
