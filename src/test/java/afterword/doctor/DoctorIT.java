package afterword.doctor;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import afterword.Service;
import afterword.config.Config;
import afterword.config.Setting;
import afterword.db.PgBouncer;
import afterword.db.TestDatabase;
import afterword.doctor.Finding.Outcome;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import afterword.outbound.Names;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An installation that is well is found so; of each planted fault the right check tells. */
@ExtendWith(VertxExtension.class)
class DoctorIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Names EVERYWHERE =
      host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress()));

  private final TestDatabase database = TestDatabase.fresh();
  private Service service;
  private Config config;

  @BeforeEach
  void serve(Vertx vertx) {
    service = RunningService.start(vertx, database.config(), CLOCK);
    RunningService.addBlog(service, SiteSettings.DEFAULTS);
    config =
        database.config().with(Setting.PUBLIC_BASE_URL, "http://localhost:" + service.httpPort());
  }

  @AfterEach
  void stop() {
    await(service.stop());
  }

  @Test
  void finds_nothing_where_nothing_is_wrong(Vertx vertx) {
    Map<String, Finding> findings = examine(vertx, config);

    assertEquals(List.of(), faults(findings), findings::toString);
    assertEquals(
        List.of("database", "schema", "pooler", "listener", "clock", "origins", "address", "mail"),
        List.copyOf(findings.keySet()));
    assertEquals(Outcome.LEFT_OUT, findings.get("mail").outcome());
  }

  @Test
  void says_that_a_mail_server_takes_mail_and_tells_of_one_that_would_not(Vertx vertx) {
    var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(60_000);
    var server = new GreenMail(setup);
    server.start();
    server.setUser("service", "s3cret");
    server.getManagers().getUserManager().setAuthRequired(true);
    Config mail =
        config
            .with(Setting.AFTERWORD_SMTP_HOST, "127.0.0.1")
            .with(Setting.AFTERWORD_SMTP_PORT, "" + server.getSmtp().getPort())
            .with(Setting.AFTERWORD_SMTP_TLS, "none")
            .with(Setting.AFTERWORD_SMTP_USER, "service")
            .with(Setting.AFTERWORD_SMTP_PASSWORD, "s3cret");

    assertEquals(Outcome.FINE, examine(vertx, mail).get("mail").outcome(), "right");
    Finding refused =
        examine(vertx, mail.with(Setting.AFTERWORD_SMTP_PASSWORD, "wrong")).get("mail");
    assertTrue(refused.isFault(), refused::toString);
    assertTrue(refused.advice().contains("AFTERWORD_SMTP_PASSWORD"), refused::toString);
    assertFalse(refused.toString().contains("wrong"), refused::toString);
    Finding plain = examine(vertx, mail.with(Setting.AFTERWORD_SMTP_TLS, "starttls")).get("mail");
    assertTrue(plain.found().contains("STARTTLS"), plain::toString);
    server.stop();
    Finding away = examine(vertx, mail).get("mail");
    assertTrue(away.advice().contains("AFTERWORD_SMTP_HOST"), away::toString);
    Finding other =
        examine(vertx, mail.with(Setting.AFTERWORD_SMTP_PORT, "" + service.httpPort())).get("mail");
    assertTrue(other.isFault(), other::toString);
  }

  @Test
  void tells_of_a_database_that_is_away_and_leaves_out_what_needs_it(Vertx vertx) {
    Map<String, Finding> findings =
        examine(vertx, config.with(Setting.DATABASE_URL, "postgres://a:b@127.0.0.1:1/afterword"));

    assertEquals(List.of("database"), faults(findings), findings::toString);
    assertEquals(Outcome.LEFT_OUT, findings.get("schema").outcome());
    assertEquals(Outcome.FINE, findings.get("address").outcome());
  }

  @Test
  void tells_of_a_schema_that_is_not_there(Vertx vertx) {
    Config blank = config.with(Setting.DATABASE_URL, TestDatabase.blank().url());

    Map<String, Finding> findings = examine(vertx, blank);

    assertTrue(findings.get("schema").isFault(), findings::toString);
    assertTrue(findings.get("schema").advice().contains("afterword migrate"));
  }

  @Test
  void tells_of_a_pooler_that_the_settings_do_not_name(Vertx vertx) throws Exception {
    assumeTrue(PgBouncer.isInstalled(), PgBouncer.MISSING);
    try (PgBouncer bouncer = PgBouncer.before(database)) {
      Config through =
          config
              .with(Setting.DATABASE_URL, bouncer.url())
              .with(Setting.DATABASE_DIRECT_URL, database.url());

      assertEquals(List.of("pooler"), faults(examine(vertx, through)));
      assertEquals(
          List.of("pooler"),
          faults(examine(vertx, config.with(Setting.AFTERWORD_DATABASE_POOLER, "transaction"))),
          "named, and not there");
    }
  }

  @Test
  void tells_of_deadlines_that_the_role_lacks_behind_a_pooler(Vertx vertx) throws Exception {
    assumeTrue(PgBouncer.isInstalled(), PgBouncer.MISSING);
    try (PgBouncer bouncer = PgBouncer.before(database)) {
      Config through =
          config
              .with(Setting.AFTERWORD_DATABASE_POOLER, "transaction")
              .with(Setting.DATABASE_URL, bouncer.url())
              .with(Setting.DATABASE_DIRECT_URL, database.url());
      assertEquals(List.of("pooler"), faults(examine(vertx, through)));

      database.asServing(
          "alter role current_user in database %s set statement_timeout = '2s'",
          "alter role current_user in database %s set lock_timeout = '1s'",
          "alter role current_user in database %s set idle_in_transaction_session_timeout = '5s'");
      try (PgBouncer fresh = PgBouncer.before(database)) {
        Map<String, Finding> findings =
            examine(vertx, through.with(Setting.DATABASE_URL, fresh.url()));
        assertEquals(List.of(), faults(findings), findings::toString);
      }
    }
  }

  @Test
  void tells_of_a_listener_behind_a_pooler(Vertx vertx) throws Exception {
    assumeTrue(PgBouncer.isInstalled(), PgBouncer.MISSING);
    try (PgBouncer bouncer = PgBouncer.before(database)) {
      Config deaf = config.with(Setting.DATABASE_DIRECT_URL, bouncer.url());

      assertEquals(List.of("listener"), faults(examine(vertx, deaf)));
    }
  }

  @Test
  void tells_of_clocks_that_differ(Vertx vertx) {
    for (long seconds : List.of(-60L, 60L)) {
      Clock wrong = Clock.offset(CLOCK, Duration.ofSeconds(seconds));

      Map<String, Finding> findings =
          await(new Examination(vertx, config, wrong, EVERYWHERE).run());

      assertEquals(List.of("clock"), faults(findings), findings::toString);
      String expected = seconds < 0 ? "ahead" : "behind";
      assertTrue(findings.get("clock").found().endsWith(expected), findings::toString);
    }
  }

  @Test
  void tells_of_a_public_address_that_leads_elsewhere(Vertx vertx) {
    HttpServer other =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> request.response().end("It works!"))
                .listen(0, "127.0.0.1"));
    for (String url : List.of("http://127.0.0.1:" + other.actualPort(), "http://127.0.0.1:1")) {
      Map<String, Finding> findings = examine(vertx, config.with(Setting.PUBLIC_BASE_URL, url));

      assertEquals(List.of("address"), faults(findings), findings::toString);
    }
  }

  @Test
  void tells_of_a_site_whose_pages_have_no_address(Vertx vertx) {
    Names none =
        host ->
            host.equals("localhost")
                ? EVERYWHERE.resolve(host)
                : Future.failedFuture(new UnknownHostException("nobody is called " + host));

    Map<String, Finding> findings = await(new Examination(vertx, config, CLOCK, none).run());

    assertEquals(List.of("origins"), faults(findings), findings::toString);
    assertTrue(findings.get("origins").found().contains("blog"), findings::toString);
  }

  private static Map<String, Finding> examine(Vertx vertx, Config config) {
    return await(new Examination(vertx, config, CLOCK, EVERYWHERE).run());
  }

  private static List<String> faults(Map<String, Finding> findings) {
    return findings.entrySet().stream()
        .filter(entry -> entry.getValue().isFault())
        .map(Map.Entry::getKey)
        .collect(Collectors.toList());
  }
}
