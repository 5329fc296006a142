package afterword.spam;

import afterword.model.Opinion;
import afterword.model.Outside;
import afterword.model.Subject;
import afterword.model.Submission;
import afterword.outbound.Answer;
import afterword.outbound.Call;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks the site's own judge over HTTP: the comment in, {@code {"status": "publish", "hold" or
 * "spam", "reasons": ["…"]}} out. The header {@code Afterword-Signature: t=<seconds>,v1=<hex>}
 * signs "t.body" with HMAC-SHA-256. No address and no e-mail is sent.
 */
final class Hook {
  private static final int REASONS = 10;
  private static final Map<String, Opinion.Says> STATUS_TO_SAYS =
      Map.of("publish", Opinion.Says.FINE, "hold", Opinion.Says.HOLD, "spam", Opinion.Says.SPAM);

  private final Outbound outbound;
  private final Clock clock;

  Hook(Outbound outbound, Clock clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  Future<Opinion> ask(Subject subject, Outside outside) {
    Buffer body = json(subject).toBuffer();
    Call call =
        Call.post(outside.hookUrl().orElseThrow(), "application/json", body)
            .within(outside.deadlineMillis());
    String secret = outside.hookSecret().orElse("");
    Call signed =
        secret.isEmpty() ? call : call.with("Afterword-Signature", signature(secret, body));
    return outbound.send(signed).map(Hook::opinion);
  }

  private static JsonObject json(Subject subject) {
    Submission s = subject.submission();
    return new JsonObject()
        .put("site", subject.site().key())
        .put(
            "page",
            new JsonObject().put("key", s.page().key()).put("url", s.page().url().orElse(null)))
        .put("reply", s.parent().isPresent())
        .put("author", new JsonObject().put("name", s.name()).put("url", s.url().orElse(null)))
        .put("source", s.body())
        .put("text", subject.text())
        .put("linkHosts", new JsonArray(subject.linkHosts()))
        .put("approved", subject.approved())
        .put("turnedDown", subject.turnedDown());
  }

  private String signature(String secret, Buffer body) {
    long seconds = clock.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** Throws where the answer is none; the caller notes that nobody answered. */
  private static Opinion opinion(Answer answer) {
    if (!answer.isSuccess()) return Opinion.absent("hook", "status-" + answer.status());
    JsonObject json = new JsonObject(answer.body());
    Opinion.Says says = STATUS_TO_SAYS.get(json.getString("status", ""));
    if (says == null) return Opinion.absent("hook", "nonsense");
    List<String> reasons =
        json.getJsonArray("reasons", new JsonArray()).stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .limit(REASONS)
            .toList();
    return new Opinion("hook", says, reasons);
  }
}
