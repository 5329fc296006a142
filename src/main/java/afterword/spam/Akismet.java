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
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks Akismet (comment-check, version 1.1), which answers "true" for spam. */
final class Akismet {
  private final Outbound outbound;
  private final String url;

  Akismet(Outbound outbound, String url) {
    this.outbound = outbound;
    this.url = url;
  }

  Future<Opinion> ask(Subject subject, String key, Outside outside) {
    Buffer form = Buffer.buffer(encoded(form(subject, key)));
    return outbound
        .send(
            Call.post(url, "application/x-www-form-urlencoded", form)
                .within(outside.deadlineMillis()))
        .map(Akismet::opinion);
  }

  private static Map<String, String> form(Subject subject, String key) {
    Submission s = subject.submission();
    var form = new LinkedHashMap<String, String>();
    form.put("api_key", key);
    form.put("blog", subject.site().origins().stream().findFirst().orElse(""));
    form.put("user_ip", subject.address().map(Akismet::written).orElse(""));
    form.put("permalink", s.page().url().orElse(""));
    form.put("comment_type", s.parent().isPresent() ? "reply" : "comment");
    form.put("comment_author", s.name());
    form.put("comment_author_email", s.email().orElse(""));
    form.put("comment_author_url", s.url().orElse(""));
    form.put("comment_content", s.body());
    return form;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Opinion opinion(Answer answer) {
    String word = answer.isSuccess() ? answer.body().toString().strip() : "";
    boolean certain = "discard".equals(answer.headers().get("X-akismet-pro-tip"));
    return switch (word) {
      case "true" ->
          new Opinion("akismet", Opinion.Says.SPAM, certain ? List.of("certain") : List.of());
      case "false" -> new Opinion("akismet", Opinion.Says.FINE, List.of());
      default -> Opinion.absent("akismet", "nonsense");
    };
  }

  private static String written(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException impossible) {
      return "";
    }
  }
}
