package afterword.keys;

import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.config.Setting;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the file of the secret again and again, so that a new one is used without a restart. */
public final class SecretFile {
  private static final Logger log = LoggerFactory.getLogger(SecretFile.class);
  private static final long EVERY_MILLIS = 2_000;

  private final Vertx vertx;
  private final Config config;
  private final Keys keys;
  private String known;
  private long timer = -1;

  public SecretFile(Vertx vertx, Config config, Keys keys) {
    this.vertx = vertx;
    this.config = config;
    this.keys = keys;
    this.known = config.secret();
  }

  /** Does nothing where the secret did not come as a file. */
  public void start() {
    config
        .file(Setting.AFTERWORD_SECRET)
        .ifPresent(
            file ->
                timer =
                    vertx.setPeriodic(
                        EVERY_MILLIS,
                        fired ->
                            vertx
                                .fileSystem()
                                .readFile(file.toString())
                                .onSuccess(bytes -> read(bytes.toString().strip()))
                                .onFailure(
                                    unreadable ->
                                        log.debug("the secret cannot be read again", unreadable))));
  }

  public void stop() {
    if (timer >= 0) vertx.cancelTimer(timer);
  }

  private void read(String text) {
    if (text.equals(known)) return;
    known = text;
    try {
      keys.use(config.with(Setting.AFTERWORD_SECRET, text).secret());
      log.info("the secret has changed; {} former ones are still accepted", keys.kept() - 1);
    } catch (ConfigException wrong) {
      log.error("the changed secret is not used: {}", wrong.getMessage());
    }
  }
}
