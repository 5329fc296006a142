package afterword.journeys;

import static afterword.journeys.RunningService.ORIGIN;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What leads to comments from elsewhere: permalinks, fragments for search engines, feeds. */
class PublicPagesIT {
  private static final SiteSettings OPEN =
      new SiteSettings(Mode.OPEN, 1, 0, List.of(), true, Limits.TEXT, 6, 900, 1_000, 1, 10_000);
  private static RunningService running;
  private static String root;
  private static String reply;

  @BeforeAll
  static void start() {
    running = new RunningService(OPEN);
    root = id(running.send(comment("Root with <script>alert(1)</script> & *more*")));
    reply = id(running.send(comment("A reply").put("parentId", root)));
    running.send(comment("Held: https://x.example"));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void a_permalink_leads_to_the_comment_under_its_article() {
    HttpResponse<Buffer> answer = await(running.get("/c/" + reply).followRedirects(false).send());

    assertEquals(302, answer.statusCode());
    assertEquals(ORIGIN + "/a.html#comment-" + reply, answer.getHeader("Location"));
    assertEquals(404, get("/c/11zzz").statusCode());
    assertEquals(404, get("/c/nonsense").statusCode());
  }

  @Test
  void a_permalink_never_leads_to_an_origin_that_is_not_the_sites() {
    JsonObject keyed =
        comment("On a page without an address").put("page", new JsonObject().put("key", "free"));
    String id = id(running.send(keyed));
    running.database().run("update page set url = 'https://evil.example/' where key = 'free'");

    HttpResponse<Buffer> answer = await(running.get("/c/" + id).followRedirects(false).send());

    assertEquals(
        "/t?site=blog&page=free&around=" + id + "#comment-" + id, answer.getHeader("Location"));
  }

  @Test
  void a_fragment_is_semantic_html_of_what_is_published() {
    Document fragment = Jsoup.parseBodyFragment(text("/embed/v1/fragment?site=blog&page=a.html"));

    assertEquals("2 Comments", fragment.selectFirst("h2").text());
    assertEquals(
        "A reply", fragment.selectFirst("#comment-" + root + " .replies article .body").text());
    assertEquals(0, fragment.select("script").size());
    assertFalse(fragment.text().contains("x.example"));
  }

  @Test
  void a_fragment_holds_structured_data_on_request_and_no_way_out_of_it() {
    Document fragment =
        Jsoup.parseBodyFragment(text("/embed/v1/fragment?site=blog&page=a.html&jsonld=1"));

    assertEquals(1, fragment.select("script").size());
    JsonArray nodes = new JsonObject(fragment.selectFirst("script").data()).getJsonArray("@graph");
    assertEquals(2, nodes.size());
    assertEquals(
        "Root with <script>alert(1)</script> & more", nodes.getJsonObject(0).getString("text"));
  }

  @Test
  void the_atom_feed_is_well_formed_and_threaded() throws Exception {
    for (String query : new String[] {"", "?page=a.html"}) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      byte[] bytes = get("/api/v1/sites/blog/feed.atom" + query).body().getBytes();
      Element feed =
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes)).getDocumentElement();

      assertEquals("feed", feed.getLocalName());
      var references =
          feed.getElementsByTagNameNS("http://purl.org/syndication/thread/1.0", "in-reply-to");
      boolean named = false;
      for (int i = 0; i < references.getLength(); i++) {
        named |= ((Element) references.item(i)).getAttribute("ref").endsWith("/c/" + root);
      }
      assertTrue(named, "the reply names its parent");
      assertFalse(new String(bytes).contains("x.example"));
    }
  }

  @Test
  void the_json_feed_has_what_it_must_have() {
    JsonObject feed = get("/api/v1/sites/blog/feed.json?page=a.html").bodyAsJsonObject();

    assertEquals("https://jsonfeed.org/version/1.1", feed.getString("version"));
    assertEquals("Comments: A", feed.getString("title"));
    JsonObject item = feed.getJsonArray("items").getJsonObject(0);
    assertTrue(item.getString("id").endsWith("/c/" + reply));
    assertEquals("Ada", item.getJsonArray("authors").getJsonObject(0).getString("name"));
  }

  @Test
  void a_feed_says_when_nothing_changed() {
    HttpResponse<Buffer> feed = get("/api/v1/sites/blog/feed.atom?page=a.html");
    var again =
        running
            .get("/api/v1/sites/blog/feed.atom?page=a.html")
            .putHeader("If-None-Match", feed.getHeader("ETag"));

    assertEquals(304, await(again.send()).statusCode());
  }

  private static String id(HttpResponse<Buffer> posted) {
    return posted.bodyAsJsonObject().getJsonObject("comment").getString("id");
  }

  private static HttpResponse<Buffer> get(String path) {
    return await(running.get(path).send());
  }

  private static String text(String path) {
    HttpResponse<Buffer> answer = get(path);
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return answer.bodyAsString();
  }
}
