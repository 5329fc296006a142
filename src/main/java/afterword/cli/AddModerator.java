package afterword.cli;

import afterword.audit.AuditStore;
import afterword.auth.Auth;
import afterword.auth.Moderators;
import afterword.auth.Role;
import afterword.config.Config;
import afterword.config.ConfigException;
import afterword.db.Database;
import afterword.http.ClientAddress;
import afterword.keys.Keys;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Adds a person who decides, or gives one who is there already more sites. */
final class AddModerator implements Command {
  static final String ACTOR = "command";

  /** What was typed. */
  private record Person(
      String email,
      String name,
      Optional<String> password,
      Map<String, Role> siteToRole,
      boolean operator) {}

  @Override
  public String name() {
    return "moderator add";
  }

  @Override
  public String usage() {
    return "EMAIL [--name NAME] [--site KEY …] [--role owner|moderator|viewer] [--operator] [--password-file FILE]";
  }

  @Override
  public String help() {
    return "Adds a moderator with a role (default: moderator) on the sites, and prints the password that was"
        + " made unless a file holds one. Somebody who is there already gets the role on these sites too.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    Person person = person(arguments);
    Config config = arguments.config(env);
    Optional<Moderators.Added> added =
        OneShot.run(
            config,
            (vertx, complete, database) -> add(moderators(vertx, complete, database), person));
    if (added.isEmpty()) {
      System.out.println(
          person.email
              + " was there already and now has the role on "
              + person.siteToRole.keySet());
      return 0;
    }
    System.out.println("Sign in at " + config.publicBaseUrl() + "/admin as " + person.email);
    added
        .get()
        .generatedPassword()
        .ifPresent(made -> System.out.println("Password, shown this once: " + made));
    return 0;
  }

  /** For the commands and the demo. */
  static Moderators moderators(Vertx vertx, Config config, Database database) {
    return new Auth(
            vertx,
            config,
            database,
            new Keys(config.secret()),
            new AuditStore(),
            new ClientAddress(config.trustedProxies()),
            new Outbound(vertx, Names.ofMachine(vertx), config.outboundHosts()),
            Clock.systemUTC(),
            new SecureRandom())
        .moderators();
  }

  private static Person person(Arguments arguments) {
    String email = arguments.word("e-mail address the moderator has");
    List<String> sites = arguments.options("--site");
    Role role = role(arguments.option("--role").orElse("moderator"));
    return new Person(
        email,
        arguments.option("--name").orElse(email.replaceFirst("@.*", "")),
        arguments.option("--password-file").map(AddModerator::passwordIn),
        sites.stream().distinct().collect(Collectors.toMap(Function.identity(), site -> role)),
        arguments.has("--operator"));
  }

  private static Future<Optional<Moderators.Added>> add(Moderators moderators, Person person) {
    return moderators
        .exists(person.email)
        .compose(
            exists ->
                exists && !person.siteToRole.isEmpty()
                    ? setRoles(moderators, person).map(Optional.<Moderators.Added>empty())
                    : moderators
                        .add(
                            ACTOR,
                            person.email,
                            person.name,
                            person.password,
                            person.siteToRole,
                            person.operator)
                        .map(Optional::of));
  }

  private static Future<Void> setRoles(Moderators moderators, Person person) {
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, Role> entry : person.siteToRole.entrySet()) {
      all =
          all.compose(
              done -> moderators.setRole(ACTOR, person.email, entry.getKey(), entry.getValue()));
    }
    return all;
  }

  private static Role role(String word) {
    try {
      return Role.of(word);
    } catch (IllegalArgumentException unknown) {
      throw new ConfigException("--role is owner, moderator or viewer, not \"" + word + "\"");
    }
  }

  private static String passwordIn(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unreadable) {
      throw new ConfigException("--password-file names " + file + ", which cannot be read");
    }
  }
}
