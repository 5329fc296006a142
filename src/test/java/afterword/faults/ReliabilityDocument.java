package afterword.faults;

import afterword.bench.Measured;
import afterword.bench.MeasuredDocument;
import afterword.bench.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables of {@code docs/reliability.md}. What was measured before and not this time stays, so
 * each row says at which commit and in which form it was.
 */
final class ReliabilityDocument {
  private static final MeasuredDocument DOCUMENT =
      new MeasuredDocument(Path.of("docs/reliability.md"));

  private final Scale scale;

  ReliabilityDocument(Scale scale) {
    this.scale = scale;
  }

  void plays(Map<String, Row> rows) throws IOException {
    var nameToLine = DOCUMENT.rows("plays");
    rows.forEach((name, row) -> nameToLine.put(name, measured(row.markdown())));
    List<String> lines = table(Row.markdownHead(), Plays.named(), nameToLine, "measured");
    lines.addAll(List.of("", Totals.of(nameToLine).words()));
    DOCUMENT.writeRows("plays", "bin/faults PLAY", lines);
  }

  void controls(Map<String, Row> rows, List<String> missed) throws IOException {
    var nameToLine = DOCUMENT.rows("controls");
    rows.forEach(
        (name, row) ->
            nameToLine.put(
                name,
                measured(
                    "| %s | %s | %,d lost, %,d doubled, %,d effects missing or too many |"
                        .formatted(
                            name,
                            missed.contains(name) ? "**no**" : "yes",
                            row.lost(),
                            row.doubled(),
                            row.broken().get(4)))));
    var head = List.of("| broken | found | by |", "|---|---|---|");
    DOCUMENT.writeRows(
        "controls",
        "bin/faults controls NAME",
        table(head, Controls.names(), nameToLine, "measured"));
  }

  void mutants(Map<String, List<String>> nameToCaught) throws IOException {
    var nameToLine = DOCUMENT.rows("mutants");
    nameToCaught.forEach(
        (name, caught) ->
            nameToLine.put(
                name,
                "| %s | %s | %s |"
                    .formatted(
                        name, caught.isEmpty() ? "**nobody**" : caught.get(0), Measured.commit())));
    var head = List.of("| without the check of | found by |", "|---|---|");
    DOCUMENT.writeRows(
        "mutants",
        "bin/faults mutants NAME",
        table(head, nameToLine.keySet().stream().sorted().toList(), nameToLine, "at"));
  }

  private String measured(String line) {
    return line + " " + scale.name().toLowerCase(Locale.ROOT) + ", " + Measured.commit() + " |";
  }

  private static List<String> table(
      List<String> head, List<String> order, Map<String, String> nameToLine, String last) {
    var lines = new ArrayList<String>();
    lines.add(head.get(0) + " " + last + " |");
    lines.add(head.get(1) + "---|");
    order.stream().filter(nameToLine::containsKey).map(nameToLine::get).forEach(lines::add);
    return lines;
  }

  /** Over all plays that do harm; the soak does none, and so proves nothing about what is lost. */
  record Totals(long acknowledged, long kills, long broken) {
    static Totals of(Map<String, String> nameToLine) {
      long acknowledged = 0;
      long kills = 0;
      long broken = 0;
      for (var line : nameToLine.entrySet()) {
        String[] cells = line.getValue().replace(",", "").split("\\|");
        if (!line.getKey().equals(Soak.NAME)) acknowledged += number(cells[2]);
        if (line.getKey().startsWith("kill-")) kills += number(cells[3]);
        for (int i = 4; i <= 10; i++) broken += number(cells[i]);
      }
      return new Totals(acknowledged, kills, broken);
    }

    private static long number(String cell) {
      return Long.parseLong(cell.strip());
    }

    String words() {
      return "In all %,d acknowledgements under harm, %,d kills, %,d broken promises."
          .formatted(acknowledged, kills, broken);
    }
  }
}
