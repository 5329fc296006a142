package afterword.bench;

import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of a benchmark: its scale, what it says meanwhile, and the figures it came to. */
public final class Run {
  public final Scale scale;

  /** Words of the command line that only this benchmark knows. */
  public final List<String> options;

  private final PrintStream out;
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  public Run(Scale scale, List<String> options, PrintStream out) {
    this.scale = scale;
    this.options = options;
    this.out = out;
  }

  private record Figure(double value, String unit, Goal goal) {
    boolean holds() {
      return goal.holds().test(value);
    }
  }

  /** What is being done right now, or a table row that is no figure. */
  public void say(String format, Object... arguments) {
    out.printf(format + "%n", arguments);
    out.flush();
  }

  /**
   * @param name as in the design, such as "cached_vs_bare"
   * @param unit "ratio", "ms", "bytes", "share", "count", …
   */
  public void figure(String name, double value, String unit, Goal goal) {
    figures.put(name, new Figure(value, unit, goal));
  }

  /** The figures as a table for people. */
  public void printTable() {
    say("");
    say("%-28s %14s  %-10s %-12s %s", "figure", "value", "unit", "goal", "holds");
    figures.forEach(
        (name, figure) ->
            say(
                "%-28s %14s  %-10s %-12s %s",
                name,
                Goal.plain(figure.value),
                figure.unit,
                figure.goal.words(),
                figure.holds() ? "yes" : "NO"));
  }

  /** As people read it. */
  String shown(String name) {
    return Goal.plain(figures.get(name).value);
  }

  /** The figures as a table for the documents. */
  public List<String> markdown() {
    var lines = new ArrayList<>(List.of("| figure | value | goal |", "|---|---|---|"));
    figures.forEach(
        (name, figure) ->
            lines.add(
                "| `%s` | %s %s | %s |"
                    .formatted(
                        name,
                        Goal.plain(figure.value),
                        figure.unit,
                        figure.goal.words() + (figure.holds() ? "" : ", **does not hold**"))));
    return lines;
  }

  /** {@code {"<name>": {"value", "unit", "goal", "holds"}}} */
  public JsonObject toJson() {
    var json = new JsonObject();
    figures.forEach(
        (name, figure) ->
            json.put(
                name,
                new JsonObject()
                    .put("value", figure.value)
                    .put("unit", figure.unit)
                    .put("goal", figure.goal.words())
                    .put("holds", figure.holds())));
    return json;
  }
}
