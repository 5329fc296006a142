package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a JSON object strictly: no duplicate members, no NUL, no lone surrogate, at most {@link
 * Limits#JSON_DEPTH} levels, numbers that a 53-bit integer or a double can hold. What it refuses is
 * {@link Failure.Unreadable} and names the place.
 */
public final class JsonBody {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.JSON_DEPTH)
                  .maxNumberLength(32)
                  .maxNameLength(200)
                  .maxStringLength(Limits.COMMENT_BODY_BYTES)
                  .build())
          .build();
  private static final long SAFE_INTEGER = (1L << 53) - 1;

  private JsonBody() {}

  /** The members of the request's body, which must be a JSON object sent as application/json. */
  public static Fields of(RoutingContext ctx) {
    requireType(ctx, "application/json");
    byte[] bytes = ctx.body().buffer() == null ? new byte[0] : ctx.body().buffer().getBytes();
    return new Fields(parse(bytes));
  }

  /** Refuses a body that says it is something else, says nothing, or is compressed. */
  public static void requireType(RoutingContext ctx, String type) {
    List<String> types = ctx.request().headers().getAll("Content-Type");
    if (types.size() != 1 || !types.get(0).split(";", 2)[0].strip().equalsIgnoreCase(type)) {
      throw new FailureException(new Failure.UnsupportedMedia("Send the body as " + type + "."));
    }
    if (ctx.request().headers().contains("Content-Encoding")) {
      throw new FailureException(new Failure.UnsupportedMedia("Send the body without Content-Encoding."));
    }
  }

  static Map<String, Object> parse(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw unreadable("", "not-an-object", "Send a JSON object.");
      Map<String, Object> members = object(parser, "");
      if (parser.nextToken() != null) throw unreadable("", "trailing", "There is text after the JSON object.");
      return members;
    } catch (StreamConstraintsException tooMuch) {
      throw unreadable("", "out-of-bounds", bound(tooMuch));
    } catch (JsonParseException malformed) {
      throw unreadable("", duplicate(malformed) ? "duplicate-member" : "malformed", explain(malformed));
    } catch (IOException malformed) {
      throw unreadable("", "malformed", "The body is not valid UTF-8 JSON.");
    }
  }

  private static Map<String, Object> object(JsonParser parser, String place) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = Texts.wellFormed(parser.currentName(), place);
      parser.nextToken();
      members.put(name, value(parser, place + "/" + name.replace("~", "~0").replace("/", "~1")));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser, String place) throws IOException {
    var items = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(parser, place + "/" + items.size()));
    return items;
  }

  private static Object value(JsonParser parser, String place) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, place);
      case START_ARRAY -> array(parser, place);
      case VALUE_STRING -> Texts.wellFormed(parser.getText(), place);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, place);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw unreadable(place, "malformed", "The body is not valid JSON.");
    };
  }

  private static Object number(JsonParser parser, String place) throws IOException {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value) || Math.abs(value) > SAFE_INTEGER) {
      throw unreadable(place, "number-out-of-range", "The number is out of range.");
    }
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) return parser.getLongValue();
    return value;
  }

  private static boolean duplicate(JsonParseException malformed) {
    return malformed.getOriginalMessage().startsWith("Duplicate");
  }

  private static String explain(JsonParseException malformed) {
    var at = malformed.getLocation();
    String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    String what = duplicate(malformed) ? "A member is given twice" : "The body is not valid JSON";
    return what + where + ".";
  }

  private static String bound(StreamConstraintsException tooMuch) {
    return tooMuch.getMessage().contains("epth")
        ? "The JSON is nested deeper than " + Limits.JSON_DEPTH + " levels."
        : "A number, name or text in the JSON is too long.";
  }

  private static FailureException unreadable(String pointer, String code, String detail) {
    return new FailureException(new Failure.Unreadable(detail, List.of(new FieldError(pointer, code, detail))));
  }
}
