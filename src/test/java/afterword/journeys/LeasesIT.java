package afterword.journeys;

import static afterword.journeys.AdminClient.item;
import static afterword.journeys.AdminClient.ok;
import static afterword.journeys.RunningService.await;
import static afterword.journeys.RunningService.comment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.auth.Role;
import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesIT {
  private RunningService running;
  private AdminClient one;
  private AdminClient other;

  @BeforeEach
  void start() {
    var held =
        new SiteSettings(Mode.ALL, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10_000, 1, 100_000);
    running = new RunningService(held);
    one = AdminClient.of(running, "One", Map.of("blog", Role.MODERATOR));
    other = AdminClient.of(running, "Other", Map.of("blog", Role.MODERATOR));
    for (int i = 0; i < 12; i++) running.send(comment("Waiting, number " + i));
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void everybody_at_once_is_dealt_other_comments_and_all_are_dealt() {
    var deals = new ArrayList<Future<HttpResponse<Buffer>>>();
    for (int i = 0; i < 6; i++) {
      AdminClient who = i % 2 == 0 ? one : other;
      deals.add(
          who.request(HttpMethod.POST, "leases").sendJsonObject(new JsonObject().put("n", 2)));
    }

    var ids = new ArrayList<String>();
    deals.forEach(deal -> ids.addAll(ids(ok(await(deal)))));

    assertEquals(12, ids.size());
    assertEquals(12, new HashSet<>(ids).size());
    assertEquals(List.of(), ids(lease(one, 2)));
  }

  @Test
  void a_released_lease_is_dealt_again_and_so_is_one_that_has_run_out() {
    JsonObject first = lease(one, 12);
    assertEquals(0, ids(lease(other, 12)).size());
    assertEquals(404, other.delete("leases/" + first.getString("id")).statusCode());

    assertEquals(204, one.delete("leases/" + first.getString("id")).statusCode());
    JsonObject second = lease(other, 12);
    running.database().run("update lease set expires_at = now() - interval '1 s'");

    assertEquals(12, ids(second).size());
    assertEquals(
        404, other.patch("leases/" + second.getString("id"), new JsonObject()).statusCode());
    assertEquals(12, ids(lease(one, 20)).size());
  }

  @Test
  void a_renewed_lease_lasts_longer_and_its_cards_name_who_holds_them() {
    JsonObject lease = lease(one, 3);
    running.database().run("update lease set expires_at = now() + interval '30 s'");

    JsonObject renewed = ok(one.patch("leases/" + lease.getString("id"), new JsonObject()));

    assertEquals(3, renewed.getJsonArray("items").size());
    assertEquals(
        "t", running.database().ask("select min(expires_at) > now() + interval '60 s' from lease"));
    JsonObject card = other.read("queue").getJsonArray("cards").getJsonObject(0);
    assertEquals("One", card.getString("heldBy"));
    assertNull(
        other
            .read("queue?order=newest")
            .getJsonArray("cards")
            .getJsonObject(0)
            .getString("heldBy"));
  }

  @Test
  void a_filter_narrows_what_is_dealt_and_what_is_decided_is_dealt_no_more() {
    JsonObject filter = new JsonObject().put("q", "\"number 7\"").put("site", "blog");
    JsonObject lease = ok(one.post("leases", new JsonObject().put("filter", filter)));
    String id = ids(lease).get(0);
    assertEquals(1, ids(lease).size());

    other.decide("approve", item(id, 1));
    one.delete("leases/" + lease.getString("id"));

    assertEquals(0, ids(ok(one.post("leases", new JsonObject().put("filter", filter)))).size());
    assertEquals(
        400,
        one.post("leases", new JsonObject().put("filter", new JsonObject().put("order", "up")))
            .statusCode());
  }

  @Test
  void what_is_handed_on_goes_to_others_until_it_is_taken_back_or_an_hour_is_over() {
    String first = ids(lease(one, 1)).get(0);
    String path = "comments/" + first + "/hand-on";

    assertEquals(204, one.post(path, new JsonObject()).statusCode());
    assertFalse(ids(lease(one, 20)).contains(first), "not dealt again to who handed it on");
    JsonObject others = lease(other, 20);
    assertEquals(List.of(first), ids(others));
    assertEquals(
        "pending",
        other.read("comments/" + first).getJsonObject("card").getString("status"),
        "it waits as before");

    other.delete("leases/" + others.getString("id"));
    assertEquals(204, one.delete(path).statusCode());
    assertEquals(404, one.delete(path).statusCode());
    assertEquals(List.of(first), ids(lease(one, 20)));

    assertEquals(204, one.post(path, new JsonObject()).statusCode());
    running.database().run("update handed_on set handed_at = now() - interval '61 minutes'");
    assertEquals(List.of(first), ids(lease(one, 20)));
  }

  @Test
  void a_viewer_is_dealt_nothing() {
    AdminClient viewer = AdminClient.of(running, "Vi", Map.of("blog", Role.VIEWER));

    assertEquals(403, viewer.post("leases", new JsonObject()).statusCode());
    assertEquals(
        403,
        viewer
            .post("leases", new JsonObject().put("filter", new JsonObject().put("site", "blog")))
            .statusCode());
    assertTrue(running.database().ask("select count(*) from lease").equals("0"));
  }

  private static JsonObject lease(AdminClient who, int n) {
    return ok(who.post("leases", new JsonObject().put("n", n)));
  }

  private static List<String> ids(JsonObject lease) {
    return lease.getJsonArray("cards").stream()
        .map(card -> ((JsonObject) card).getString("id"))
        .toList();
  }
}
