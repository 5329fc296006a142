package afterword.journeys;

import static afterword.journeys.RunningService.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a reader does with the pages for legal notices, each step as a plain browser does it. */
final class Notices {
  private static int addresses;

  private final RunningService running;

  Notices(RunningService running) {
    this.running = running;
  }

  /** Where the receipt is, with its secret. */
  String filed(String comment, String explanation) {
    HttpResponse<Buffer> answer = send(comment, filled(comment, explanation));
    assertEquals(303, answer.statusCode(), answer.bodyAsString());
    return answer.getHeader("Location");
  }

  /** The form as it comes, with everything that has to be said. */
  MultiMap filled(String comment, String explanation) {
    return inputs(page("/c/" + comment + "/notice"))
        .set("category", "defamation")
        .set("law", "§ 185")
        .set("explanation", explanation)
        .set("name", "Nora Notifier")
        .set("email", "nora@reader.example")
        .set("goodFaith", "yes");
  }

  HttpResponse<Buffer> send(String comment, MultiMap form) {
    return post("/c/" + comment + "/notice", form);
  }

  HttpResponse<Buffer> appeal(String receipt, String why) {
    return post(receipt.split("\\?")[0], inputs(page(receipt)).set("appeal", why));
  }

  private static MultiMap inputs(Document page) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    for (Element input : page.select("form input:not([type=checkbox])"))
      form.set(input.attr("name"), input.attr("value"));
    return form;
  }

  HttpResponse<Buffer> post(String path, MultiMap form) {
    return await(
        running
            .postTo(path)
            .followRedirects(false)
            .putHeader("Origin", running.service().config().publicBaseUrl())
            .putHeader("X-Forwarded-For", "198.51.100." + ++addresses % 250)
            .sendForm(form));
  }

  Document page(String path) {
    HttpResponse<Buffer> answer = await(running.get(path).send());
    assertEquals(200, answer.statusCode(), answer.bodyAsString());
    return Jsoup.parse(answer.bodyAsString());
  }
}
