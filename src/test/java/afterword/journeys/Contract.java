package afterword.journeys;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** openapi.yaml as the judge of real answers. Remembers which of its statuses it has seen. */
public final class Contract {
  private final JsonObject document = document();
  private final Set<String> seen = new TreeSet<>();

  /** "GET /api/v1/sites/{site}/thread" and the like. */
  public Set<String> operations() {
    var operations = new TreeSet<String>();
    for (String path : document.getJsonObject("paths").fieldNames()) {
      for (String member : path(path).fieldNames()) {
        if (Set.of("get", "put", "post", "patch", "delete").contains(member))
          operations.add(member.toUpperCase() + " " + path);
      }
    }
    return operations;
  }

  /** "GET /…/thread 200" and the like. */
  public Set<String> documented() {
    var statuses = new TreeSet<String>();
    for (String operation : operations()) {
      operation(operation)
          .getJsonObject("responses")
          .fieldNames()
          .forEach(status -> statuses.add(operation + " " + status));
    }
    return statuses;
  }

  public Set<String> seen() {
    return seen;
  }

  /** Fails where the answer is not one that the document describes. */
  public HttpResponse<Buffer> check(String operation, HttpResponse<Buffer> answer) {
    String what = operation + " " + answer.statusCode();
    JsonObject described =
        operation(operation).getJsonObject("responses").getJsonObject("" + answer.statusCode());
    if (described == null) fail(what + " is not described: " + answer.bodyAsString());
    seen.add(what);
    JsonObject content = resolved(described).getJsonObject("content");
    if (content == null) {
      assertTrue(answer.body() == null || answer.body().length() == 0, what + " has a body");
      return answer;
    }
    String type = String.valueOf(answer.getHeader("Content-Type")).split(";")[0];
    if (!content.containsKey(type))
      fail(what + " is of type " + type + ", described are " + content.fieldNames());
    if (type.endsWith("json"))
      validate(
          what, content.getJsonObject(type).getJsonObject("schema"), answer.bodyAsJsonObject());
    return answer;
  }

  private void validate(String what, JsonObject schema, JsonObject body) {
    JsonObject root = document.getJsonObject("components").getJsonObject("schemas");
    String text =
        schema.copy().put("$defs", root).encode().replace("#/components/schemas/", "#/$defs/");
    var options =
        new JsonSchemaOptions()
            .setBaseUri("https://afterword.example/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);
    OutputUnit result =
        Validator.create(JsonSchema.of(new JsonObject(text)), options).validate(body);
    if (!result.getValid())
      fail(
          what
              + " does not fit its schema: "
              + result.toJson().encodePrettily()
              + "\n"
              + body.encodePrettily());
  }

  private JsonObject operation(String operation) {
    String[] parts = operation.split(" ", 2);
    JsonObject found =
        path(parts[1]) == null ? null : path(parts[1]).getJsonObject(parts[0].toLowerCase());
    if (found == null) fail(operation + " is not described");
    return found;
  }

  private JsonObject path(String path) {
    return document.getJsonObject("paths").getJsonObject(path);
  }

  private JsonObject resolved(JsonObject object) {
    String reference = object.getString("$ref");
    if (reference == null) return object;
    JsonObject target = document;
    for (String step : reference.substring(2).split("/")) target = target.getJsonObject(step);
    return target;
  }

  private static JsonObject document() {
    try {
      var options = new LoaderOptions();
      options.setMaxAliasesForCollections(200);
      Map<String, Object> yaml = new Yaml(options).load(Files.readString(Path.of("openapi.yaml")));
      return new JsonObject(yaml).copy();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
