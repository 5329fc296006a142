package afterword.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * The settings of this process: checked, complete, unchanging. See {@link Setting} for their
 * meaning.
 */
public final class Config {
  private final Map<Setting, String> values;
  private final Map<String, String> telemetry;
  private final Map<Setting, Path> files;

  Config(
      Map<Setting, String> values,
      Map<String, String> telemetry,
      Map<Setting, Path> settingToFile) {
    this.values = new EnumMap<>(values);
    this.files = Map.copyOf(settingToFile);
    this.telemetry = Collections.unmodifiableMap(new TreeMap<>(telemetry));
  }

  /**
   * Defaults, then the file, the environment and the flags, the later ones win.
   *
   * @throws ConfigException with every mistake at once
   */
  public static Config load(List<String> args, Map<String, String> env) {
    return new ConfigReader(env).read(args);
  }

  /** The same with one setting changed, such as the port that the kernel chose. */
  public Config with(Setting setting, String value) {
    setting
        .wrongWith(value)
        .ifPresent(
            wrong -> {
              throw new ConfigException(setting + " " + wrong);
            });
    var changed = new EnumMap<>(values);
    changed.put(setting, value);
    var others = new HashMap<>(files);
    others.remove(setting);
    return new Config(changed, telemetry, others);
  }

  /**
   * Where a setting was read from if it came as a file, to be read again when it may have changed.
   */
  public Optional<Path> file(Setting setting) {
    return Optional.ofNullable(files.get(setting));
  }

  /** The same with another default for one setting: what was given stays. */
  public Config withDefault(Setting setting, String value) {
    return values.containsKey(setting) ? this : with(setting, value);
  }

  public Optional<String> get(Setting setting) {
    return Optional.ofNullable(values.get(setting)).or(setting::standard);
  }

  public Optional<String> databaseUrl() {
    return get(Setting.DATABASE_URL);
  }

  /** The way for reads and writes: to the pooler, if there is one. */
  public Optional<String> databaseWorkUrl() {
    Optional<String> pooler = get(Setting.AFTERWORD_DATABASE_POOLER_ADDRESS);
    return databaseUrl().map(url -> pooler.map(address -> at(address, url)).orElse(url));
  }

  public Optional<String> databaseDirectUrl() {
    return get(Setting.DATABASE_DIRECT_URL).or(this::databaseUrl);
  }

  /** Where a session can listen; empty where there is only a pooler that keeps none. */
  public Optional<String> listenUrl() {
    boolean poolerAlone =
        behindTransactionPooler() && get(Setting.AFTERWORD_DATABASE_POOLER_ADDRESS).isEmpty();
    return poolerAlone ? get(Setting.DATABASE_DIRECT_URL) : databaseDirectUrl();
  }

  public Optional<String> databaseReadUrl() {
    return get(Setting.DATABASE_READ_URL);
  }

  public Optional<String> databaseOwnerUrl() {
    return get(Setting.DATABASE_OWNER_URL).or(this::databaseDirectUrl);
  }

  /** Without a slash at its end. */
  public String publicBaseUrl() {
    return get(Setting.PUBLIC_BASE_URL)
        .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
        .orElseGet(() -> "http://localhost:" + httpPort());
  }

  public String httpHost() {
    return text(Setting.HTTP_HOST);
  }

  public int httpPort() {
    return number(Setting.HTTP_PORT);
  }

  public String managementHost() {
    return text(Setting.MANAGEMENT_HOST);
  }

  public int managementPort() {
    return number(Setting.MANAGEMENT_PORT);
  }

  public String logFormat() {
    return text(Setting.LOG_FORMAT);
  }

  public String logLevel() {
    return text(Setting.AFTERWORD_LOG_LEVEL);
  }

  public Path dataDir() {
    return Path.of(text(Setting.AFTERWORD_DATA_DIR)).toAbsolutePath().normalize();
  }

  public boolean ephemeral() {
    return Boolean.parseBoolean(text(Setting.AFTERWORD_EPHEMERAL));
  }

  /**
   * Given with DATABASE_URL; with the embedded database it is there once the data folder is open.
   */
  public String secret() {
    return text(Setting.AFTERWORD_SECRET);
  }

  /** "none" or "transaction". */
  public String databasePooler() {
    return text(Setting.AFTERWORD_DATABASE_POOLER);
  }

  public boolean behindTransactionPooler() {
    return databasePooler().equals("transaction");
  }

  public String serveRole() {
    return text(Setting.AFTERWORD_SERVE_ROLE);
  }

  public int poolSize() {
    return number(Setting.AFTERWORD_POOL_SIZE);
  }

  public int poolQueue() {
    return number(Setting.AFTERWORD_POOL_QUEUE);
  }

  public int inFlightLimit() {
    return number(Setting.AFTERWORD_IN_FLIGHT);
  }

  public int connectionsPerAddress() {
    return number(Setting.AFTERWORD_CONNECTIONS_PER_ADDRESS);
  }

  public int liveStreams() {
    return number(Setting.AFTERWORD_LIVE_STREAMS);
  }

  public int liveStreamsPerAddress() {
    return number(Setting.AFTERWORD_LIVE_STREAMS_PER_ADDRESS);
  }

  public int drainSeconds() {
    return number(Setting.AFTERWORD_DRAIN_SECONDS);
  }

  public int finishSeconds() {
    return number(Setting.AFTERWORD_FINISH_SECONDS);
  }

  /** Hosts, or "host:port", that outgoing calls may reach whatever their address. */
  public List<String> outboundHosts() {
    return Values.list(text(Setting.AFTERWORD_OUTBOUND_HOSTS));
  }

  public int notifyGraceSeconds() {
    return number(Setting.AFTERWORD_NOTIFY_GRACE_SECONDS);
  }

  /** Address ranges such as 10.0.0.0/8; a single address stands for itself. */
  public List<String> trustedProxies() {
    return Values.list(text(Setting.AFTERWORD_TRUSTED_PROXIES));
  }

  /** Empty where no mail is sent. */
  public Optional<String> smtpHost() {
    return get(Setting.AFTERWORD_SMTP_HOST);
  }

  public int smtpPort() {
    return number(Setting.AFTERWORD_SMTP_PORT);
  }

  /** "starttls", "tls" or "none". */
  public String smtpTls() {
    return text(Setting.AFTERWORD_SMTP_TLS);
  }

  public Optional<String> smtpUser() {
    return get(Setting.AFTERWORD_SMTP_USER);
  }

  public Optional<String> smtpPassword() {
    return get(Setting.AFTERWORD_SMTP_PASSWORD);
  }

  /** An address, perhaps with a name before it; given with a mail server. */
  public String mailFrom() {
    return text(Setting.AFTERWORD_MAIL_FROM);
  }

  /** Of the identity provider, if there is one. */
  public Optional<String> oidcIssuer() {
    return get(Setting.AFTERWORD_OIDC_ISSUER);
  }

  public String oidcClientId() {
    return text(Setting.AFTERWORD_OIDC_CLIENT_ID);
  }

  public Optional<String> oidcClientSecret() {
    return get(Setting.AFTERWORD_OIDC_CLIENT_SECRET);
  }

  public String oidcName() {
    return text(Setting.AFTERWORD_OIDC_NAME);
  }

  public String oidcScopes() {
    return text(Setting.AFTERWORD_OIDC_SCOPES);
  }

  public String oidcGroupsClaim() {
    return text(Setting.AFTERWORD_OIDC_GROUPS_CLAIM);
  }

  /** Each "group=site:role". */
  public List<String> oidcRoles() {
    return Values.list(text(Setting.AFTERWORD_OIDC_ROLES));
  }

  public int hostPagePort() {
    return number(Setting.AFTERWORD_HOST_PAGE_PORT);
  }

  public Optional<Path> readyFile() {
    return get(Setting.AFTERWORD_READY_FILE).map(file -> Path.of(file).toAbsolutePath());
  }

  /** The OTEL_* variables, as they came. */
  public Map<String, String> telemetry() {
    return telemetry;
  }

  /** One line per setting, secrets hidden. */
  public String print() {
    var lines = new StringBuilder();
    for (Setting setting : Setting.values()) {
      String shown =
          get(setting).map(value -> setting.secret() ? "(hidden)" : value).orElse("(not set)");
      if (setting == Setting.PUBLIC_BASE_URL) shown = publicBaseUrl();
      lines.append(setting).append('=').append(shown).append('\n');
    }
    telemetry.keySet().forEach(name -> lines.append(name).append("=(passed on)\n"));
    return lines.toString();
  }

  /** The same database and user at another address. */
  private static String at(String address, String url) {
    return url.replaceFirst(
        "^(postgres(?:ql)?://[^/?#]*@)[^/?#]+", "$1" + Matcher.quoteReplacement(address));
  }

  private String text(Setting setting) {
    return get(setting).orElseThrow(() -> new IllegalStateException(setting + " is not known yet"));
  }

  private int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }
}
