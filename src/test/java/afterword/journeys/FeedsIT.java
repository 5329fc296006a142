package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.rng.CompactSchemaReader;
import com.thaiopensource.xml.sax.ErrorHandlerImpl;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xml.sax.InputSource;

/** Feeds, judged by a validator, of whatever people write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedsIT {
  private static final Path SCHEMAS = Path.of("src/test/resources/feeds");
  private static final SiteSettings SETTINGS =
      new SiteSettings(Mode.OPEN, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 100_000);
  private static final List<String> TEXTS =
      List.of(
          "Plain",
          "*With* marks & <script>alert(1)</script> ]]> <!-- and -->",
          "\uD83C\uDF3B \u202e right to left \u0000?".replace("\u0000", "\u0001"),
          "> a quote\n\n- a list\n\n`code` \"quotes\" 'too'",
          "https://blog.example/?a=1&b=2");

  private RunningService running;

  @BeforeAll
  void write() {
    running = new RunningService(SETTINGS);
    String root = null;
    for (String text : TEXTS) {
      JsonObject body = comment(text);
      body.put(
          "author",
          new JsonObject().put("name", "A & <B> \"C\"").put("url", "https://a.example/?x=1&y=2"));
      if (root != null) body.put("parentId", root);
      HttpResponse<Buffer> answer = running.send(body);
      assertEquals(201, answer.statusCode(), answer.bodyAsString());
      if (root == null) root = answer.bodyAsJsonObject().getJsonObject("comment").getString("id");
    }
    JsonObject keyed = comment("On a page without an address");
    keyed.put("page", new JsonObject().put("key", "no address & no title"));
    assertEquals(201, running.send(keyed).statusCode());
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void atom_feeds_are_valid() throws Exception {
    for (String query : queries()) {
      HttpResponse<Buffer> feed = feed("feed.atom" + query);
      assertEquals("application/atom+xml; charset=utf-8", feed.getHeader("Content-Type"));
      assertEquals("", wrongWith(feed.bodyAsString()), query + "\n" + feed.bodyAsString());
    }
  }

  @Test
  void the_validator_finds_what_is_wrong() throws Exception {
    String feed = feed("feed.atom").bodyAsString();

    for (String gone :
        List.of("<id>[^<]*</id>", "<updated>[^<]*</updated>", "<author>.*?</author>"))
      assertNotEquals("", wrongWith(feed.replaceFirst("(?s)" + gone, "")), gone);
    assertNotEquals("", wrongWith(feed.replaceFirst("Z</published>", "</published>")));
    assertNotEquals("", wrongWith(feed.replaceFirst("<title>[^<]*</title>", "<name>x</name>")));
  }

  @Test
  void json_feeds_are_valid() throws Exception {
    var schema = JsonSchema.of(new JsonObject(Files.readString(SCHEMAS.resolve("json-feed.json"))));
    var options =
        new JsonSchemaOptions()
            .setBaseUri("https://afterword.example/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);
    for (String query : queries()) {
      HttpResponse<Buffer> feed = feed("feed.json" + query);
      assertEquals("application/feed+json; charset=utf-8", feed.getHeader("Content-Type"));
      var result = Validator.create(schema, options).validate(feed.bodyAsJsonObject());
      assertTrue(result.getValid(), () -> result.toJson().encodePrettily());
      var broken = feed.bodyAsJsonObject();
      broken.remove("title");
      assertTrue(!Validator.create(schema, options).validate(broken).getValid());
    }
  }

  @Test
  void a_feed_has_what_was_asked_for_and_says_when_nothing_changed() {
    assertEquals(
        TEXTS.size(),
        feed("feed.json?page=a.html").bodyAsJsonObject().getJsonArray("items").size());
    assertEquals(
        TEXTS.size() + 1, feed("feed.json").bodyAsJsonObject().getJsonArray("items").size());
    for (String path : List.of("feed.atom", "feed.json", "feed.atom?page=a.html")) {
      HttpResponse<Buffer> first = feed(path);
      for (String tag : List.of(first.getHeader("ETag"), "W/" + first.getHeader("ETag"), "*")) {
        var again = running.get("/api/v1/sites/blog/" + path).putHeader("If-None-Match", tag);
        HttpResponse<Buffer> unchanged = await(again.send());
        assertEquals(304, unchanged.statusCode(), path + " " + tag);
        assertEquals(first.getHeader("ETag"), unchanged.getHeader("ETag"));
      }
    }
  }

  private static List<String> queries() {
    return List.of(
        "",
        "?page=a.html",
        "?page=nowhere",
        "?page=" + ORIGIN + "/a.html",
        "?page=no%20address%20%26%20no%20title");
  }

  private HttpResponse<Buffer> feed(String path) {
    HttpResponse<Buffer> answer = await(running.get("/api/v1/sites/blog/" + path).send());
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer;
  }

  /** Empty where nothing is. */
  private static String wrongWith(String atom) throws Exception {
    var said = new StringWriter();
    var properties = new PropertyMapBuilder();
    properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandlerImpl(said));
    var driver =
        new ValidationDriver(properties.toPropertyMap(), CompactSchemaReader.getInstance());
    boolean loaded =
        driver.loadSchema(
            ValidationDriver.uriOrFileInputSource(SCHEMAS.resolve("atom.rnc").toString()));
    assertTrue(loaded, said.toString());
    boolean valid = driver.validate(new InputSource(new StringReader(atom)));
    assertEquals(valid, said.toString().isEmpty());
    return said.toString();
  }
}
