package afterword.http;

import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.Limits;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object of strings, longs, doubles, booleans, nulls, lists and maps, or says what
 * is wrong and where. Refused besides broken syntax: duplicate members, NUL, lone surrogates,
 * numbers beyond ±(2^53-1), more than {@link Limits#JSON_DEPTH} levels, text after the end, not
 * UTF-8.
 */
final class StrictJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final long LARGEST = (1L << 53) - 1;

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  static Map<String, Object> object(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(utf8(bytes))) {
      return new StrictJson(parser).document();
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation();
      String where =
          at == null ? "" : " near line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw unreadable("", "not-json", "This is not JSON" + where + ".");
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      throw unreadable("", "not-utf-8", "The body is not valid UTF-8.");
    }
  }

  private Map<String, Object> document() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw unreadable("", "not-an-object", "The body must be a JSON object.");
    }
    Map<String, Object> object = members("", 1);
    if (parser.nextToken() != null)
      throw unreadable("", "trailing-text", "There is text after the JSON object.");
    return object;
  }

  private Map<String, Object> members(String pointer, int depth) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = Texts.wellFormed(parser.currentName(), pointer);
      String place = pointer + "/" + escaped(name);
      if (members.containsKey(name))
        throw unreadable(place, "duplicate", "This member is there twice.");
      parser.nextToken();
      members.put(name, value(place, depth));
    }
    return members;
  }

  private List<Object> elements(String pointer, int depth) throws IOException {
    var elements = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY)
      elements.add(value(pointer + "/" + elements.size(), depth));
    return elements;
  }

  private Object value(String pointer, int depth) throws IOException {
    JsonToken token = parser.currentToken();
    if ((token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY)
        && depth >= Limits.JSON_DEPTH) {
      throw unreadable(pointer, "too-deep", "At most " + Limits.JSON_DEPTH + " levels are read.");
    }
    return switch (token) {
      case START_OBJECT -> members(pointer, depth + 1);
      case START_ARRAY -> elements(pointer, depth + 1);
      case VALUE_STRING -> Texts.wellFormed(parser.getText(), pointer);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(pointer, parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** A whole number however written becomes a Long: JSON knows no other difference. */
  private static Number number(String pointer, String digits) {
    double number = Double.parseDouble(digits);
    if (!(Math.abs(number) <= LARGEST)) {
      throw unreadable(pointer, "out-of-range", "Numbers go to " + LARGEST + " at most.");
    }
    if (number == Math.rint(number)) return (long) number;
    return number;
  }

  /** One step of an RFC 6901 pointer. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static FailureException unreadable(String pointer, String code, String detail) {
    return new FailureException(
        new Failure.Unreadable(detail, List.of(new FieldError(pointer, code, detail))));
  }
}
