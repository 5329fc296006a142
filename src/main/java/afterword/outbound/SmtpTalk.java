package afterword.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;

/**
 * One question after the other to the operator's mail server (RFC 5321); an answer may have several
 * lines. No mail is sent by it: that is the {@link Mailer}'s.
 */
public final class SmtpTalk {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int LONGEST_LINE = 4_096;

  private final NetClient client;
  private final NetSocket socket;
  private final StringBuilder lines = new StringBuilder();
  private Promise<String> asked = Promise.promise();

  private SmtpTalk(NetClient client, NetSocket socket) {
    this.client = client;
    this.socket = socket;
    socket.handler(
        RecordParser.newDelimited("\n", line -> heard(line.toString().strip()))
            .maxRecordSize(LONGEST_LINE)
            .exceptionHandler(tooLong -> asked.tryFail(tooLong)));
    socket.closeHandler(closed -> asked.tryFail(new IOException("closed")));
  }

  /**
   * @param tls whether encryption comes before the greeting
   */
  public static Future<SmtpTalk> begin(Vertx vertx, String host, int port, boolean tls) {
    NetClient client =
        vertx.createNetClient(
            new NetClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setSsl(tls)
                .setHostnameVerificationAlgorithm("HTTPS"));
    return client
        .connect(port, host)
        .map(socket -> new SmtpTalk(client, socket))
        .onFailure(failed -> client.close());
  }

  /** "250-more comes" and at last "250 done". */
  private void heard(String line) {
    lines.append(line).append('\n');
    if (!line.matches("\\d{3}-.*")) asked.tryComplete(lines.toString());
  }

  /** To what was said last, or the greeting. */
  public Future<String> answer() {
    return asked.future();
  }

  public Future<String> say(String line) {
    lines.setLength(0);
    asked = Promise.promise();
    return socket.write(line + "\r\n").compose(written -> asked.future());
  }

  /** From here on encrypted, with a certificate that is valid for the host. */
  public Future<Void> encrypt(String host) {
    return socket.upgradeToSsl(host);
  }

  public Future<Void> close() {
    return client.close();
  }
}
