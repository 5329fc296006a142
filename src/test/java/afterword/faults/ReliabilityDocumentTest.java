package afterword.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.bench.MeasuredDocument;
import afterword.rehearse.Patched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document tells of everything that can be played, in its full form, and all of it holds. */
class ReliabilityDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/reliability.md");
  private static final int KILLS = 500;
  private static final int ACKNOWLEDGED = 100_000;

  @TempDir private Path folder;

  @Test
  void everything_was_played_in_full_and_holds() throws Exception {
    assertEquals(List.of(), wrong(DOCUMENT));
  }

  @Test
  void a_row_that_is_missing_is_missed() throws Exception {
    for (String name : Plays.named())
      assertEquals(name + " was not played", wrong(without("| " + name + " |.*\n")).get(0));
    for (String name : Controls.names())
      assertEquals(name + " was not found", wrong(without("| " + name + " |.*\n")).get(0));
    for (Patched.Patch mutant : Patched.all("mutants"))
      assertEquals(
          mutant.name() + " was not found", wrong(without("| " + mutant.name() + " |.*\n")).get(0));
  }

  @Test
  void a_shorter_form_and_a_limit_that_is_not_met_do_not_count() throws Exception {
    String last = "(\\| overload \\|.*)\\| full, ";

    assertEquals(List.of("overload was not played in full"), wrong(changed(last, "$1| short, ")));
    assertEquals(
        List.of("overload does not hold"), wrong(changed(last, "$1**does not hold** | full, ")));
  }

  private static List<String> wrong(Path file) throws Exception {
    var document = new MeasuredDocument(file);
    var wrong = new ArrayList<String>();
    Map<String, String> nameToPlay = document.rows("plays");
    for (String name : Plays.named()) {
      String row = nameToPlay.getOrDefault(name, "");
      if (row.isEmpty()) wrong.add(name + " was not played");
      else if (!row.contains("| full, ")) wrong.add(name + " was not played in full");
      else if (row.contains("does not hold")) wrong.add(name + " does not hold");
    }
    for (String name : Controls.names())
      if (!document.rows("controls").getOrDefault(name, "").contains("| yes |"))
        wrong.add(name + " was not found");
    for (Patched.Patch mutant : Patched.all("mutants")) {
      String row = document.rows("mutants").getOrDefault(mutant.name(), "**nobody**");
      if (row.contains("**nobody**")) wrong.add(mutant.name() + " was not found");
    }
    ReliabilityDocument.Totals totals = ReliabilityDocument.Totals.of(nameToPlay);
    if (totals.broken() > 0) wrong.add(totals.broken() + " promises were broken");
    if (totals.kills() < KILLS) wrong.add("only " + totals.kills() + " kills");
    if (totals.acknowledged() < ACKNOWLEDGED)
      wrong.add("only " + totals.acknowledged() + " acknowledgements");
    return wrong;
  }

  private Path without(String line) throws IOException {
    return changed(line.replace("|", "\\|"), "");
  }

  private Path changed(String pattern, String replacement) throws IOException {
    String text = Files.readString(DOCUMENT);
    return Files.writeString(
        folder.resolve("changed.md"), text.replaceFirst("(?m)^" + pattern, replacement));
  }
}
