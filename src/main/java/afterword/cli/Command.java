package afterword.cli;

import java.util.List;
import java.util.Map;

/** One thing the program can be told to do. */
interface Command {
  /** As typed, such as "site add". */
  String name();

  /** What follows the name, such as "KEY --origin https://…"; empty if nothing but settings. */
  default String usage() {
    return "";
  }

  /** What it does, in one sentence. */
  String help();

  /** Returns when it is done, with the exit code. */
  int run(Arguments arguments, Map<String, String> env);

  /** What every one of them is, in the order of the help. */
  static List<Command> all() {
    return List.of(
        new Serve(),
        new RunDemo(),
        new Migrate(),
        new AddSite(),
        new AddModerator(),
        new SetPassword(),
        new MovePages(),
        new MergePages(),
        new VerifyAudit(),
        new CheckConfig(),
        new ExamineInstallation());
  }
}
