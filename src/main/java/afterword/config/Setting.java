package afterword.config;

import java.util.Locale;
import java.util.Optional;

/**
 * The table of settings. A name is the environment's name and the one used in the configuration
 * file; {@code --help}, {@code --print-config} and the docs are made from this table.
 */
public enum Setting {
  DATABASE_URL(
      Values.POSTGRES_URL,
      null,
      Kind.SECRET,
      "PostgreSQL to use, as postgres://user:password@host:5432/name?sslmode=require."
          + " Without it an embedded PostgreSQL runs in the data folder."),
  DATABASE_DIRECT_URL(
      Values.POSTGRES_URL,
      null,
      Kind.SECRET,
      "The same database past a pooler, for LISTEN and migrations. Default: DATABASE_URL."),
  DATABASE_READ_URL(
      Values.POSTGRES_URL,
      null,
      Kind.SECRET,
      "A streaming standby of the same database, or several behind one address, for public reads that"
          + " are not in memory. Optional."),
  DATABASE_OWNER_URL(
      Values.POSTGRES_URL,
      null,
      Kind.SECRET,
      "The database as the role that migrates; used by \"migrate\" alone. Default:"
          + " DATABASE_DIRECT_URL, else DATABASE_URL."),
  PUBLIC_BASE_URL(
      Values.BASE_URL,
      null,
      Kind.PLAIN,
      "Where readers and moderators reach the service. Default: http://localhost:<HTTP_PORT>."),
  HTTP_HOST(Values.TEXT, "0.0.0.0", Kind.PLAIN, "Address to listen on."),
  HTTP_PORT(
      Values.PORT, "8080", Kind.PLAIN, "Port for readers and moderators; 0 takes a free one."),
  MANAGEMENT_HOST(Values.TEXT, "0.0.0.0", Kind.PLAIN, "Address for health and metrics."),
  MANAGEMENT_PORT(
      Values.PORT,
      "9090",
      Kind.PLAIN,
      "Port for health and metrics, never public; 0 takes a free one."),
  LOG_FORMAT(Values.oneOf("text", "json"), "text", Kind.PLAIN, "How log lines look: text or json."),
  AFTERWORD_LOG_LEVEL(
      Values.oneOf("error", "warn", "info", "debug"),
      "info",
      Kind.PLAIN,
      "Least important log lines to write: error, warn, info or debug."),
  AFTERWORD_DATA_DIR(
      Values.TEXT,
      "data",
      Kind.PLAIN,
      "Folder for the embedded database and what is made once, such as the secret."),
  AFTERWORD_EPHEMERAL(
      Values.BOOLEAN,
      "false",
      Kind.PLAIN,
      "Use an embedded database in a folder that is removed at the end."),
  AFTERWORD_SECRET(
      Values.SECRET,
      null,
      Kind.SECRET,
      "What tokens and hashes are derived from: 32 random characters or more, the same for every"
          + " process. Former ones may follow, one a line: they are still accepted. Required with"
          + " DATABASE_URL, otherwise made once in the data folder."),
  AFTERWORD_DATABASE_POOLER(
      Values.oneOf("none", "transaction"),
      "none",
      Kind.PLAIN,
      "\"transaction\" where DATABASE_URL is a pooler such as PgBouncer in transaction mode."),
  AFTERWORD_DATABASE_POOLER_ADDRESS(
      Values.HOST_AND_PORT,
      null,
      Kind.PLAIN,
      "host:port of a pooler before DATABASE_URL, where that names the database itself: reads and"
          + " writes go there with the same user, LISTEN and migrations do not."),
  AFTERWORD_SERVE_ROLE(
      Values.ROLE,
      "afterword",
      Kind.PLAIN,
      "Database role that serves; \"migrate\" grants it what it needs, if it is another than its own."),
  AFTERWORD_POOL_SIZE(
      Values.number(1, 500),
      "16",
      Kind.PLAIN,
      "Database connections for writes, per process. Four posts for each are worked on at once."),
  AFTERWORD_POOL_QUEUE(
      Values.number(1, 100_000),
      "256",
      Kind.PLAIN,
      "Writes that may wait for a connection, and posts for their turn; more are answered 503."),
  AFTERWORD_IN_FLIGHT(
      Values.number(1, 1_000_000),
      "512",
      Kind.PLAIN,
      "Requests worked on at once, per process; more are answered 503."),
  AFTERWORD_CONNECTIONS_PER_ADDRESS(
      Values.number(1, 1_000_000), "256", Kind.PLAIN, "Open connections per client address."),
  AFTERWORD_LIVE_STREAMS(
      Values.number(0, 1_000_000),
      "10000",
      Kind.PLAIN,
      "Open live streams, per process; more are answered 503."),
  AFTERWORD_LIVE_STREAMS_PER_ADDRESS(
      Values.number(0, 1_000_000),
      "100",
      Kind.PLAIN,
      "Open live streams per client address; more are answered 429."),
  AFTERWORD_DRAIN_SECONDS(
      Values.number(0, 600),
      "0",
      Kind.PLAIN,
      "How long a stop goes on serving, no longer ready, until balancers have heard of it."),
  AFTERWORD_FINISH_SECONDS(
      Values.number(0, 600),
      "5",
      Kind.PLAIN,
      "How long a stop waits after that for what is in flight."),
  AFTERWORD_TRUSTED_PROXIES(
      Values.CIDRS,
      "",
      Kind.PLAIN,
      "Address ranges, separated by commas, whose X-Forwarded-For is believed; none by default."),
  AFTERWORD_OUTBOUND_HOSTS(
      Values.TEXT,
      "",
      Kind.PLAIN,
      "Hosts, or host:port, separated by commas, that outgoing calls may reach although they are"
          + " private or speak plain http; none by default."),
  AFTERWORD_NOTIFY_GRACE_SECONDS(
      Values.number(0, 86_400),
      "30",
      Kind.PLAIN,
      "How long webhooks are not told of a change, so that taking it back leaves no trace with"
          + " others."),
  AFTERWORD_SMTP_HOST(
      Values.TEXT, null, Kind.PLAIN, "Mail server to send by; without it no mail is sent."),
  AFTERWORD_SMTP_PORT(Values.number(1, 65_535), "587", Kind.PLAIN, "Port of the mail server."),
  AFTERWORD_SMTP_TLS(
      Values.oneOf("starttls", "tls", "none"),
      "starttls",
      Kind.PLAIN,
      "How the way to the mail server is encrypted: starttls (mostly port 587), tls (465) or none."),
  AFTERWORD_SMTP_USER(
      Values.TEXT, null, Kind.PLAIN, "Name to sign in with at the mail server, if it asks."),
  AFTERWORD_SMTP_PASSWORD(Values.TEXT, null, Kind.SECRET, "The password that goes with it."),
  AFTERWORD_MAIL_FROM(
      Values.MAILBOX,
      null,
      Kind.PLAIN,
      "Whom mail is from, as address or as Name <address>; needed with a mail server."),
  AFTERWORD_OIDC_ISSUER(
      Values.ISSUER,
      null,
      Kind.PLAIN,
      "An OpenID Connect provider that moderators may sign in by, as it names itself; none by default."),
  AFTERWORD_OIDC_CLIENT_ID(
      Values.TEXT,
      null,
      Kind.PLAIN,
      "What the provider knows this service by; needed with an issuer."),
  AFTERWORD_OIDC_CLIENT_SECRET(
      Values.TEXT, null, Kind.SECRET, "The secret that goes with it, where the provider gave one."),
  AFTERWORD_OIDC_NAME(
      Values.TEXT, "OpenID Connect", Kind.PLAIN, "What the sign-in page calls the provider."),
  AFTERWORD_OIDC_SCOPES(
      Values.TEXT,
      "openid email profile",
      Kind.PLAIN,
      "What is asked of the provider, separated by spaces; many need \"groups\", and"
          + " \"offline_access\" to be asked again during a session."),
  AFTERWORD_OIDC_GROUPS_CLAIM(
      Values.TEXT, "groups", Kind.PLAIN, "The claim that lists a person's groups."),
  AFTERWORD_OIDC_ROLES(
      Values.GROUP_ROLES,
      "",
      Kind.PLAIN,
      "Which group gives which role, as group=site:role, separated by commas. For those who come by"
          + " the provider it decides about the sites it names; needed with an issuer."),
  AFTERWORD_HOST_PAGE_PORT(
      Values.PORT, "8081", Kind.PLAIN, "Port of the demo's article; 0 takes a free one."),
  AFTERWORD_READY_FILE(
      Values.TEXT, null, Kind.PLAIN, "File the demo writes once it serves, as JSON for scripts.");

  private enum Kind {
    PLAIN,
    SECRET
  }

  private final Values.Check check;
  private final String standard;
  private final Kind kind;
  private final String help;

  Setting(Values.Check check, String standard, Kind kind, String help) {
    this.check = check;
    this.standard = standard;
    this.kind = kind;
    this.help = help;
  }

  public Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  public boolean secret() {
    return kind == Kind.SECRET;
  }

  public String help() {
    return help;
  }

  /** Empty for secrets: the whole machine can read a command line. */
  public Optional<String> flag() {
    if (secret()) return Optional.empty();
    if (this == HTTP_PORT) return Optional.of("--port");
    String word =
        name().startsWith("AFTERWORD_") ? name().substring("AFTERWORD_".length()) : name();
    return Optional.of("--" + word.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** A switch needs no value as a flag. */
  public boolean isSwitch() {
    return check == Values.BOOLEAN;
  }

  /** What is wrong with a value, as the end of the sentence "NAME …". */
  Optional<String> wrongWith(String value) {
    return Optional.ofNullable(check.wrongWith(value));
  }
}
