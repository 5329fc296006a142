package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a request as a plain HTML form sends it; the route has read it within its limit
 * before.
 */
public final class FormBody {
  private FormBody() {}

  /** Each field once, in well-formed text. */
  public static Map<String, String> of(RoutingContext ctx) {
    JsonBody.requireType(ctx, "application/x-www-form-urlencoded");
    var fields = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> field : ctx.request().formAttributes()) {
      String name = Texts.wellFormed(field.getKey(), "");
      String place = "/" + StrictJson.escaped(name);
      if (fields.put(name, Texts.wellFormed(field.getValue(), place)) != null) {
        String detail = "This field is there twice.";
        throw new FailureException(
            new Failure.Unreadable(detail, List.of(new FieldError(place, "duplicate", detail))));
      }
    }
    return fields;
  }
}
