package afterword.cli;

import java.util.Map;

/** For an article that has had two discussions. */
final class MergePages implements Command {
  @Override
  public String name() {
    return "page merge";
  }

  @Override
  public String usage() {
    return "SITE FROM INTO [--apply]";
  }

  @Override
  public String help() {
    return "Says what happens when the comments of the page FROM join those of the page INTO, both named by key"
        + " or address; with --apply does it. The former address and links to comments lead on.";
  }

  @Override
  public int run(Arguments arguments, Map<String, String> env) {
    String site = arguments.word("site");
    String from = arguments.word("page goes (a key or an address)");
    String into = arguments.word("page it joins");
    boolean apply = arguments.has("--apply");
    return PageWork.run(
        arguments.config(env), site, apply, (moves, on) -> moves.planMerge(on, from, into));
  }
}
