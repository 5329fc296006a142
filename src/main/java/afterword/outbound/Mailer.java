package afterword.outbound;

import afterword.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends mail by the server that the operator names, who vouches for its address. Plain text, to one
 * address.
 */
public final class Mailer {
  private static final int SECONDS = 30;
  private static final int CONNECTIONS = 2;
  private static final int LONGEST_SUBJECT = 200;

  /** As vertx-mail-client says which question was answered so. */
  private static final String RECIPIENT = "recipient address not accepted";

  private final MailClient client;
  private final String from;

  private Mailer(MailClient client, String from) {
    this.client = client;
    this.from = from;
  }

  /** Empty where no server is named. */
  public static Optional<Mailer> of(Vertx vertx, Config config) {
    return config
        .smtpHost()
        .map(
            host -> new Mailer(MailClient.create(vertx, options(host, config)), config.mailFrom()));
  }

  private static MailConfig options(String host, Config config) {
    var options =
        new MailConfig()
            .setHostname(host)
            .setPort(config.smtpPort())
            .setSsl(config.smtpTls().equals("tls"))
            .setStarttls(
                config.smtpTls().equals("starttls")
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setMaxPoolSize(CONNECTIONS)
            .setConnectTimeout(SECONDS * 1_000);
    options.setHostnameVerificationAlgorithm("HTTPS");
    if (config.smtpUser().isEmpty()) return options.setLogin(LoginOption.NONE);
    return options
        .setLogin(LoginOption.REQUIRED)
        .setUsername(config.smtpUser().get())
        .setPassword(config.smtpPassword().orElse(""));
  }

  /** The server does not take mail to this address, now or later. */
  public static final class Refused extends RuntimeException {
    /**
     * @param answer of the server: a code and some words
     */
    Refused(String answer) {
      super(answer, null, false, false);
    }
  }

  /** Succeeds once the server has taken it; fails with {@link Refused} where it never will. */
  public Future<Void> send(String to, String subject, String text) {
    var message =
        new MailMessage()
            .setFrom(from)
            .setTo(line(to))
            .setSubject(line(subject))
            .setText(text)
            .addHeader("Auto-Submitted", "auto-generated");
    return client
        .sendMail(message)
        .timeout(SECONDS, TimeUnit.SECONDS)
        .<Void>mapEmpty()
        .recover(cause -> Future.failedFuture(judged(cause)));
  }

  /** A 5xx to anything but the recipient says nothing of the address: it is ours to mend. */
  private static Throwable judged(Throwable cause) {
    return cause instanceof SMTPException answered
            && answered.isPermanent()
            && answered.getMessage().startsWith(RECIPIENT)
        ? new Refused(line(answered.getReplyMessage()))
        : cause;
  }

  /** One line, whatever a site is called: a line's end would begin another header. */
  public static String line(String text) {
    String one = text.replaceAll("\\p{Cntrl}+|[\\u2028\\u2029\\u0085]+", " ").strip();
    return one.length() <= LONGEST_SUBJECT ? one : one.substring(0, LONGEST_SUBJECT) + "…";
  }

  public Future<Void> close() {
    return client.close();
  }
}
