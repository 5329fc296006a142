package afterword;

import afterword.cli.Commands;
import java.util.List;

/** Where the program begins: picks the command and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Commands.run(List.of(args), System.getenv()));
  }
}
