package afterword.doctor;

import afterword.config.Config;
import afterword.doctor.Finding.Outcome;
import afterword.outbound.Names;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Every check, one after the other; those that need the database only where it answers. */
public final class Examination {
  private static final int SECONDS_EACH = 15;

  private final Map<String, Check> ofTheDatabase = new LinkedHashMap<>();
  private final Map<String, Check> ofItself = new LinkedHashMap<>();
  private final Check database;

  /**
   * @param clock the process's, which is compared with the database's
   */
  public Examination(Vertx vertx, Config config, Clock clock, Names names) {
    var connecting = new Connecting(vertx, config);
    database = new DatabaseAnswers(connecting);
    ofTheDatabase.put("schema", new SchemaFits(connecting));
    ofTheDatabase.put("pooler", new PoolerAsSaid(connecting, config));
    ofTheDatabase.put("listener", new ListenerHears(connecting, config));
    ofTheDatabase.put("clock", new ClocksAgree(connecting, clock));
    ofTheDatabase.put("origins", new OriginsResolve(connecting, names));
    ofItself.put("address", new AddressAnswers(vertx, config.publicBaseUrl(), names));
    ofItself.put("mail", new MailAnswers(vertx, config));
  }

  /** What came of each, by its name, in the order of the checks. */
  public Future<Map<String, Finding>> run() {
    var findings = new LinkedHashMap<String, Finding>();
    return look("database", database, findings)
        .compose(
            finding -> {
              if (!finding.isFault()) return lookAt(ofTheDatabase, findings);
              ofTheDatabase
                  .keySet()
                  .forEach(
                      name -> findings.put(name, Finding.leftOut("the database does not answer")));
              return Future.succeededFuture();
            })
        .compose(looked -> lookAt(ofItself, findings))
        .map(findings);
  }

  public static boolean healthy(Map<String, Finding> findings) {
    return findings.values().stream().noneMatch(Finding::isFault);
  }

  private static Future<Void> lookAt(Map<String, Check> checks, Map<String, Finding> findings) {
    Future<Void> all = Future.succeededFuture();
    for (var check : checks.entrySet())
      all = all.compose(v -> look(check.getKey(), check.getValue(), findings).mapEmpty());
    return all;
  }

  private static Future<Finding> look(String name, Check check, Map<String, Finding> findings) {
    return check
        .look()
        .timeout(SECONDS_EACH, TimeUnit.SECONDS)
        .otherwise(
            failed ->
                new Finding(
                    Outcome.FAULT,
                    failed instanceof TimeoutException
                        ? "no answer within " + SECONDS_EACH + " s"
                        : "could not be looked at: " + failed.getMessage(),
                    "Look at what is between this process and what it asks."))
        .onSuccess(finding -> findings.put(name, finding));
  }
}
