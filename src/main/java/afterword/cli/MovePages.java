package afterword.cli;

import afterword.config.ConfigException;
import java.util.Map;
import java.util.Optional;

/** For a site that changed its addresses. */
final class MovePages implements Command {
  @Override
  public String name() {
    return "page move";
  }

  @Override
  public String usage() {
    return "SITE FROM TO [--prefix] [--title TITLE] [--apply]";
  }

  @Override
  public String help() {
    return "Says what becomes of the comments of a page, or with --prefix of all whose key or address begins"
        + " with FROM, when they live at TO; with --apply does it. Where there is such a page already, the"
        + " comments join it. Former addresses and links to comments lead on.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    String site = arguments.word("site");
    String from = arguments.word("page moves (a key or an address)");
    String to = arguments.word("key or address it gets");
    boolean prefix = arguments.has("--prefix");
    Optional<String> title = arguments.option("--title");
    boolean apply = arguments.has("--apply");
    if (prefix && title.isPresent()) throw new ConfigException("--title is for one page only");
    return PageWork.run(
        arguments.config(env),
        site,
        apply,
        (moves, on) ->
            prefix ? moves.planMoveUnder(on, from, to) : moves.planMove(on, from, to, title));
  }
}
