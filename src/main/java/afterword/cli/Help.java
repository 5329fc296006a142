package afterword.cli;

import afterword.config.Setting;
import java.util.Set;

/** The text of --help, made from the tables of commands and settings. */
final class Help {
  private static final Set<String> ASKED = Set.of("--help", "-h", "help");
  private static final int WIDTH = 92;

  private Help() {}

  static boolean isAsked(String word) {
    return ASKED.contains(word);
  }

  static String all() {
    var text =
        new StringBuilder(
            "Afterword, a moderated comment service.\n\nafterword COMMAND [settings]\n\n");
    for (Command command : Command.all()) {
      paragraph(text, 2, (command.name() + " " + command.usage()).strip());
      paragraph(text, 6, command.help());
    }
    text.append(
        "\nSettings, as flags or in the environment; also in a file given by --config or AFTERWORD_CONFIG,\n");
    text.append(
        "and each as NAME_FILE naming a file that holds the value. A flag wins over the environment,\n");
    text.append("which wins over the file. --print-config shows the outcome.\n\n");
    settings(text);
    return text.toString();
  }

  static String of(Command command) {
    var text = new StringBuilder();
    text.append(("afterword " + command.name() + " " + command.usage()).strip())
        .append(" [settings]\n\n");
    paragraph(text, 2, command.help());
    return text.append("\nafterword --help lists the settings.\n").toString();
  }

  private static void settings(StringBuilder text) {
    for (Setting setting : Setting.values()) {
      String flag = setting.flag().map(f -> f + ", ").orElse("");
      text.append("  ").append(flag).append(setting);
      setting
          .standard()
          .filter(s -> !s.isEmpty())
          .ifPresent(s -> text.append("  (").append(s).append(')'));
      text.append('\n');
      paragraph(text, 6, setting.help());
    }
  }

  private static void paragraph(StringBuilder text, int indent, String words) {
    int column = 0;
    for (String word : words.split(" ")) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? " ".repeat(indent) : " ").append(word);
      column += (column == 0 ? indent : 1) + word.length();
    }
    text.append('\n');
  }
}
