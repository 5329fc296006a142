package afterword.outbound;

import afterword.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
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

  /** Succeeds once the server has taken it. */
  public Future<Void> send(String to, String subject, String text) {
    var message =
        new MailMessage()
            .setFrom(from)
            .setTo(line(to))
            .setSubject(line(subject))
            .setText(text)
            .addHeader("Auto-Submitted", "auto-generated");
    return client.sendMail(message).timeout(SECONDS, TimeUnit.SECONDS).mapEmpty();
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
