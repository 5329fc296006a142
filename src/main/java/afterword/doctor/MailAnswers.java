package afterword.doctor;

import afterword.config.Config;
import afterword.outbound.SmtpTalk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Whether the mail server takes the service as it would before a mail: greeting, encryption, name
 * and password. No mail is sent.
 */
final class MailAnswers implements Check {
  private final Vertx vertx;
  private final Config config;

  MailAnswers(Vertx vertx, Config config) {
    this.vertx = vertx;
    this.config = config;
  }

  @Override
  public Future<Finding> look() {
    return config
        .smtpHost()
        .map(this::look)
        .orElseGet(
            () ->
                Future.succeededFuture(
                    Finding.leftOut("no mail is sent: AFTERWORD_SMTP_HOST is not set")));
  }

  private Future<Finding> look(String host) {
    String where = host + ":" + config.smtpPort();
    return SmtpTalk.begin(vertx, host, config.smtpPort(), config.smtpTls().equals("tls"))
        .compose(
            smtp -> talk(smtp, host, where).eventually(smtp::close),
            cause ->
                Future.succeededFuture(
                    Finding.fault(
                        "no mail server at " + where + ": " + cause.getClass().getSimpleName(),
                        "Correct AFTERWORD_SMTP_HOST, AFTERWORD_SMTP_PORT and AFTERWORD_SMTP_TLS, or let"
                            + " the service out to that port.")));
  }

  private Future<Finding> talk(SmtpTalk smtp, String host, String where) {
    return smtp.answer()
        .compose(greeting -> expect(greeting, "220", where + " is no mail server"))
        .compose(greeted -> hello(smtp))
        .compose(able -> encrypted(smtp, able, host))
        .compose(able -> signedIn(smtp, able))
        .map(
            done ->
                Finding.fine(
                    where
                        + " takes mail"
                        + (config.smtpUser().isPresent() ? " from this user" : "")))
        .recover(
            cause ->
                Future.succeededFuture(
                    cause instanceof Refused refused
                        ? refused.finding
                        : Finding.fault(
                            where + " broke off: " + cause.getClass().getSimpleName(),
                            "Its certificate must be valid for the name in AFTERWORD_SMTP_HOST;"
                                + " AFTERWORD_SMTP_TLS is tls (465), starttls (587) or none.")));
  }

  private static Future<String> hello(SmtpTalk smtp) {
    return smtp.say("EHLO afterword.invalid")
        .compose(able -> expect(able, "250", "the mail server refuses to talk"));
  }

  private Future<String> encrypted(SmtpTalk smtp, String able, String host) {
    if (!config.smtpTls().equals("starttls")) return Future.succeededFuture(able);
    if (!able.contains("STARTTLS"))
      return refuse(
          "the mail server offers no STARTTLS",
          "Set AFTERWORD_SMTP_TLS to tls (mostly port 465), or to none where the way is safe.");
    return smtp.say("STARTTLS")
        .compose(ready -> expect(ready, "220", "the mail server does not begin TLS"))
        .compose(ready -> smtp.encrypt(host))
        .compose(upgraded -> hello(smtp));
  }

  private Future<Void> signedIn(SmtpTalk smtp, String able) {
    if (config.smtpUser().isEmpty()) return Future.succeededFuture();
    String user = config.smtpUser().get();
    String password = config.smtpPassword().orElse("");
    Future<String> answer =
        able.matches("(?s).*AUTH[ =][^\n]*PLAIN.*")
            ? smtp.say("AUTH PLAIN " + base64("\0" + user + "\0" + password))
            : smtp.say("AUTH LOGIN")
                .compose(name -> smtp.say(base64(user)))
                .compose(word -> smtp.say(base64(password)));
    return answer.compose(
        said ->
            said.startsWith("235")
                ? Future.succeededFuture()
                : refuse(
                    "the mail server refuses the user " + user,
                    "Correct AFTERWORD_SMTP_USER and AFTERWORD_SMTP_PASSWORD."));
  }

  private static Future<String> expect(String answer, String code, String otherwise) {
    return answer.startsWith(code)
        ? Future.succeededFuture(answer)
        : refuse(otherwise, "Correct AFTERWORD_SMTP_HOST and AFTERWORD_SMTP_PORT.");
  }

  private static <T> Future<T> refuse(String found, String advice) {
    return Future.failedFuture(new Refused(Finding.fault(found, advice)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Refused extends RuntimeException {
    private final transient Finding finding;

    Refused(Finding finding) {
      super(finding.found(), null, false, false);
      this.finding = finding;
    }
  }
}
