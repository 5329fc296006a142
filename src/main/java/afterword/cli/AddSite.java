package afterword.cli;

import afterword.config.ConfigException;
import afterword.events.EventStore;
import afterword.model.Site;
import afterword.model.SiteSettings;
import afterword.site.PinnedLoader;
import afterword.site.SiteAdmin;
import afterword.site.SiteStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Adds a site and prints the one tag that its pages need. */
final class AddSite implements Command {
  @Override
  public String name() {
    return "site add";
  }

  @Override
  public String usage() {
    return "KEY --origin https://blog.example [--origin …] [--name NAME]";
  }

  @Override
  public String help() {
    return "Adds a site whose pages on these origins may show and post comments, and prints the script tag"
        + " for them.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    String key = arguments.word("key the site gets");
    List<String> origins = arguments.options("--origin");
    String name = arguments.option("--name").orElse(key);
    if (origins.isEmpty())
      throw new ConfigException("Name at least one origin: --origin https://blog.example");
    var config = arguments.config(env);
    Site site =
        OneShot.run(
            config,
            (vertx, complete, database) ->
                new SiteAdmin(
                        database, new SiteStore(database), new EventStore(), Clock.systemUTC())
                    .add(key, name, origins, SiteSettings.DEFAULTS));
    System.out.println(
        "The site \"" + site.key() + "\" is there. Put this where the comments should be:\n");
    System.out.println("  " + SiteAdmin.snippet(config.publicBaseUrl(), site.key()) + "\n");
    System.out.println("Or, where a page shall name the very bytes it runs:\n");
    System.out.println("  " + PinnedLoader.snippet(config.publicBaseUrl(), site.key()) + "\n");
    return 0;
  }
}
