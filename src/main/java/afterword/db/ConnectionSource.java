package afterword.db;

import afterword.config.Config;
import afterword.config.Setting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to connect, looked at anew for each connection: an address that came as a file is read again,
 * so that a rotated password is used without a restart.
 */
final class ConnectionSource {
  private static final Logger log = LoggerFactory.getLogger(ConnectionSource.class);

  private final Vertx vertx;
  private final Config config;
  private final Setting setting;
  private final Function<Config, Optional<String>> url;
  private final boolean throughPooler;

  /**
   * @param setting whose file may change
   * @param url what of the settings is connected to
   */
  ConnectionSource(
      Vertx vertx,
      Config config,
      Setting setting,
      Function<Config, Optional<String>> url,
      boolean throughPooler) {
    this.vertx = vertx;
    this.config = config;
    this.setting = setting;
    this.url = url;
    this.throughPooler = throughPooler;
  }

  Future<PgConnectOptions> options() {
    return config
        .file(setting)
        .map(
            file ->
                vertx
                    .fileSystem()
                    .readFile(file.toString())
                    .map(bytes -> options(config.with(setting, bytes.toString().strip())))
                    .recover(
                        unreadable -> {
                          log.warn("{} cannot be read again, the last one is used", setting);
                          return Future.succeededFuture(options(config));
                        }))
        .orElseGet(() -> Future.succeededFuture(options(config)));
  }

  private PgConnectOptions options(Config present) {
    return ConnectOptions.of(url.apply(present).orElseThrow(), throughPooler);
  }
}
