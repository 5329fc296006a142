package afterword.cli;

import afterword.config.Config;
import java.util.Map;
import java.util.Optional;

/** Gives a moderator who has lost the password a new one. */
final class SetPassword implements Command {
  @Override
  public String name() {
    return "moderator password";
  }

  @Override
  public String usage() {
    return "EMAIL";
  }

  @Override
  public String help() {
    return "Makes a new password for a moderator, prints it and ends the sessions.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    String email = arguments.word("e-mail address the moderator has");
    Config config = arguments.config(env);
    Optional<String> made =
        OneShot.run(
            config,
            (vertx, complete, database) ->
                AddModerator.moderators(vertx, complete, database)
                    .setPassword(AddModerator.ACTOR, email, Optional.empty()));
    System.out.println("Password, shown this once: " + made.orElseThrow());
    return 0;
  }
}
