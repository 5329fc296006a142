package afterword.cli;

import java.util.Map;

/** Tells whether the settings are fine without starting anything. */
final class CheckConfig implements Command {
  @Override
  public String name() {
    return "check-config";
  }

  @Override
  public String help() {
    return "Reads the settings, names everything that is wrong with them and shows the outcome.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    System.out.print(arguments.config(env).print());
    return 0;
  }
}
