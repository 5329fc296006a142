package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Query parameters, each at most once. */
public final class Query {
  private Query() {}

  public static Optional<String> one(RoutingContext ctx, String name) {
    List<String> values = all(ctx, name);
    if (values.size() > 1) throw wrong(name, "doubled", "Send \"" + name + "\" once.");
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /** There, and not empty. */
  public static String required(RoutingContext ctx, String name) {
    return one(ctx, name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> wrong(name, "required", "Send \"" + name + "\"."));
  }

  public static List<String> all(RoutingContext ctx, String name) {
    List<String> values = ctx.queryParam(name);
    values.forEach(value -> Texts.wellFormed(value, "?" + name));
    return values;
  }

  public static int integer(RoutingContext ctx, String name, int least, int most, int otherwise) {
    Optional<String> text = one(ctx, name);
    if (text.isEmpty()) return otherwise;
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw wrong(
        name, "out-of-range", "\"" + name + "\" is a number from " + least + " to " + most + ".");
  }

  public static FailureException wrong(String name, String code, String detail) {
    return new FailureException(
        new Failure.Unreadable(detail, List.of(new FieldError("?" + name, code, detail))));
  }
}
