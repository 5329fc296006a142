package afterword.db;

import afterword.config.ConfigException;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import java.util.Set;

/** How this process connects: deadlines on everything, TLS where the address asks for it. */
final class ConnectOptions {
  /** Enforced by the server; behind a transaction pooler they belong to the role instead. */
  private static final Map<String, String> DEADLINES =
      Map.of(
          "statement_timeout", "2000",
          "lock_timeout", "1000",
          "idle_in_transaction_session_timeout", "5000");

  /** The driver sends it along; since PostgreSQL 12 the default is as good. */
  private static final Set<String> REFUSED_BY_POOLERS = Set.of("extra_float_digits");

  private ConnectOptions() {}

  static PgConnectOptions of(String url, boolean behindTransactionPooler) {
    DatabaseAddress address = DatabaseAddress.of(url);
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setUser(address.user())
            .setPassword(address.password())
            .setDatabase(address.database())
            .addProperty("application_name", "afterword")
            .setCachePreparedStatements(!behindTransactionPooler)
            // By default statements of more than 2,048 characters would be planned each time.
            .setPreparedStatementCacheSqlFilter(sql -> true)
            .setUseLayer7Proxy(behindTransactionPooler);
    if (behindTransactionPooler) options.getProperties().keySet().removeAll(REFUSED_BY_POOLERS);
    else DEADLINES.forEach(options::addProperty);
    return secured(options, address);
  }

  /** sslmode means what it means to libpq; "prefer" unless said, nothing on loopback. */
  private static PgConnectOptions secured(PgConnectOptions options, DatabaseAddress address) {
    String word =
        address.query().getOrDefault("sslmode", address.isLoopback() ? "disable" : "prefer");
    SslMode mode = sslMode(word);
    var tls = new ClientSSLOptions();
    String root = address.query().get("sslrootcert");
    boolean verified = mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL;
    if (root != null && !root.equals("system")) {
      tls.setTrustOptions(new PemTrustOptions().addCertPath(root));
    } else if (!verified) {
      tls.setTrustAll(true);
    }
    tls.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    return options.setSslMode(mode).setSslOptions(tls);
  }

  private static SslMode sslMode(String word) {
    try {
      return SslMode.of(word);
    } catch (IllegalArgumentException unknown) {
      throw new ConfigException(
          "DATABASE_URL: sslmode=" + word + " is not known; use require or verify-full");
    }
  }
}
