package afterword.faults;

import static afterword.journeys.RunningService.await;

import afterword.Service;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.db.TestDatabase;
import afterword.journeys.RunningService;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The site, whoever owns it, and whom it tells of its comments; there before anything else. */
final class People {
  private static final String EMAIL = "mod@blog.example";
  private static final SiteSettings HOLDS_LINKS =
      new SiteSettings(
          Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 1_000_000, 1, 1_000_000);

  private People() {}

  /** Gives the owner's access token. */
  static String settle(Vertx vertx, TestDatabase database, Outside outside) {
    var config = database.config("--outbound-hosts=" + outside.host());
    Service service = RunningService.start(vertx, config, Clock.systemUTC());
    RunningService.addBlog(service, HOLDS_LINKS);
    var people = service.moderators();
    await(people.add("test", EMAIL, "Mo", Optional.empty(), Map.of("blog", Role.OWNER), false));
    String token =
        await(people.issueToken(EMAIL, "test", EnumSet.allOf(Scope.class), Optional.empty()));
    var client = WebClient.create(vertx);
    var added =
        await(
            client
                .post(service.httpPort(), "127.0.0.1", "/api/v1/admin/sites/blog/webhooks")
                .bearerTokenAuthentication(token)
                .sendJsonObject(new JsonObject().put("url", outside.url())));
    if (added.statusCode() != 201) throw new IllegalStateException(added.bodyAsString());
    client.close();
    await(service.stop());
    return token;
  }
}
