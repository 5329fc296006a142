package afterword.cli;

import afterword.auth.Moderators;
import afterword.config.Config;
import io.vertx.core.Future;
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
    return "EMAIL [--remove-second-factor]";
  }

  @Override
  public String help() {
    return "Makes a new password for a moderator, prints it and ends the sessions; takes the second factor"
        + " and the passkeys away too where they are lost.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    String email = arguments.word("e-mail address the moderator has");
    boolean removeSecondFactor = arguments.has("--remove-second-factor");
    Config config = arguments.config(env);
    Optional<String> made =
        OneShot.run(
            config,
            (vertx, complete, database) -> {
              Moderators moderators = AddModerator.moderators(vertx, complete, database);
              Future<Void> removed =
                  removeSecondFactor
                      ? moderators.removeSecondFactor(AddModerator.ACTOR, email)
                      : Future.succeededFuture();
              return removed.compose(
                  done -> moderators.setPassword(AddModerator.ACTOR, email, Optional.empty()));
            });
    System.out.println("Password, shown this once: " + made.orElseThrow());
    return 0;
  }
}
