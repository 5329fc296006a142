package afterword;

import afterword.cli.Commands;
import java.util.List;
import java.util.Locale;

/** Where the program begins: picks the command and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // What is written, for people, programs and the database, is the same wherever this runs.
    Locale.setDefault(Locale.ENGLISH);
    System.exit(Commands.run(List.of(args), System.getenv()));
  }
}
