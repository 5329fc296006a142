package afterword.cli;

import afterword.config.ConfigException;
import afterword.config.Nearest;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Finds the command, runs it and says in plain lines what went wrong. */
public final class Commands {
  static final int MISUSED = 2;
  static final int FAILED = 1;

  private Commands() {}

  /** Returns the exit code. */
  public static int run(List<String> args, Map<String, String> env) {
    if (args.isEmpty() || Help.isAsked(args.get(0))) {
      System.out.print(Help.all());
      return args.isEmpty() ? MISUSED : 0;
    }
    Optional<Command> command = find(args);
    if (command.isEmpty()) return unknown(args);
    int words = command.get().name().split(" ").length;
    List<String> rest = args.subList(words, args.size());
    if (rest.stream().anyMatch(Help::isAsked)) {
      System.out.print(Help.of(command.get()));
      return 0;
    }
    return run(command.get(), rest, env);
  }

  private static int run(Command command, List<String> rest, Map<String, String> env) {
    try {
      var arguments = new Arguments(rest);
      if (arguments.has("--print-config")) {
        System.out.print(arguments.config(env).print());
        return 0;
      }
      return command.run(arguments, env);
    } catch (ConfigException wrong) {
      wrong.lines().forEach(line -> System.err.println("afterword: " + line));
      return MISUSED;
    } catch (FailureException failed) {
      tell(failed.failure());
      return FAILED;
    } catch (RuntimeException unexpected) {
      LoggerFactory.getLogger(Commands.class)
          .error("afterword {} failed", command.name(), unexpected);
      return FAILED;
    }
  }

  private static void tell(Failure failure) {
    List<FieldError> errors =
        failure instanceof Failure.Invalid invalid ? invalid.errors() : List.of();
    if (errors.isEmpty()) System.err.println("afterword: " + failure.detail());
    errors.forEach(error -> System.err.println("afterword: " + error.detail()));
  }

  private static Optional<Command> find(List<String> args) {
    String two = String.join(" ", args.subList(0, Math.min(2, args.size())));
    return Command.all().stream()
        .filter(command -> command.name().equals(two) || command.name().equals(args.get(0)))
        .findFirst();
  }

  private static int unknown(List<String> args) {
    List<String> names = Command.all().stream().map(Command::name).toList();
    String typed =
        String.join(" ", args.stream().takeWhile(word -> !word.startsWith("-")).limit(2).toList());
    String meant =
        Nearest.to(typed, names)
            .or(() -> names.stream().filter(name -> name.startsWith(args.get(0) + " ")).findFirst())
            .or(() -> Nearest.to(args.get(0), names))
            .map(name -> "; did you mean \"" + name + "\"?")
            .orElse("; see afterword --help");
    System.err.println(
        "afterword: there is no command \""
            + (typed.isEmpty() ? args.get(0) : typed)
            + "\""
            + meant);
    return MISUSED;
  }
}
