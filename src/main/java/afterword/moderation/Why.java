package afterword.moderation;

import afterword.comment.BlockedWords;
import afterword.model.Site;
import afterword.rules.Reason;
import afterword.site.Sites;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** Says on a card, in words, why the comment is where it is, and what of it was looked for. */
final class Why {
  private final Sites sites;
  private final BlockedWords words = new BlockedWords();

  Why(Sites sites) {
    this.sites = sites;
  }

  Future<List<Card>> said(List<Card> cards) {
    Future<Void> all = Future.succeededFuture();
    for (Card card : cards) {
      all =
          all.compose(before -> sites.byId(card.id().site()))
              .map(
                  site -> {
                    say(card.json(), site.orElse(null));
                    return null;
                  });
    }
    return all.map(cards);
  }

  private void say(JsonObject json, Site site) {
    var matched = new JsonArray();
    if (site != null) {
      String name = json.getJsonObject("author").getString("name");
      words.in(site, name, json.getString("text")).forEach(matched::add);
    }
    json.put("matched", matched);
    var why = new JsonArray();
    for (Object code : json.getJsonArray("reasons"))
      why.add(new JsonObject().put("reason", code).put("words", words((String) code, json)));
    json.put("why", why);
  }

  private static String words(String code, JsonObject json) {
    String sentence =
        Arrays.stream(Reason.values())
            .filter(reason -> reason.code().equals(code))
            .findFirst()
            .map(Reason::sentence)
            .orElse(code);
    JsonArray named =
        switch (code) {
          case "blocked-word" -> json.getJsonArray("matched");
          case "too-many-links" -> json.getJsonArray("linkHosts");
          case "doubt" -> json.getJsonArray("odd");
          case "learned-score" -> json.getJsonArray("because");
          default -> new JsonArray();
        };
    if (named.isEmpty()) return sentence;
    String list = String.join(", ", named.stream().map(String::valueOf).toList());
    return sentence.substring(0, sentence.length() - 1) + ": " + list + ".";
  }
}
