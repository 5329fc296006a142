package afterword.markup;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The labelled inputs of a plain form, with what was typed and, beside it, what is wrong. */
public final class FormFields {
  private final Function<String, String> typed;
  private final Function<String, Optional<String>> wrong;

  /**
   * @param typed by the input's name, "" for nothing
   * @param wrong by the input's name
   */
  public FormFields(Function<String, String> typed, Function<String, Optional<String>> wrong) {
    this.typed = typed;
    this.wrong = wrong;
  }

  /**
   * One line.
   *
   * @param attributes as they are written
   */
  public String input(String name, String label, String attributes) {
    return "<p>"
        + label(name, label)
        + "<input id=\"%1$s\" name=\"%1$s\" %2$s value=\"".formatted(name, attributes)
        + Html.text(typed.apply(name))
        + "\""
        + marked(name)
        + ">"
        + said(name)
        + "</p>\n";
  }

  /**
   * Several lines.
   *
   * @param hint as HTML
   */
  public String area(String name, String label, String attributes, String hint) {
    return "<p>"
        + label(name, label)
        + "<textarea id=\"%1$s\" name=\"%1$s\" %2$s".formatted(name, attributes)
        + marked(name)
        + ">\n"
        + Html.text(typed.apply(name))
        + "</textarea>"
        + said(name)
        + "<span class=\"hint\">"
        + hint
        + "</span></p>\n";
  }

  /** One of several, by value and words. */
  public String choice(String name, String label, Map<String, String> valueToWords) {
    var html = new StringBuilder("<p>").append(label(name, label));
    html.append("<select id=\"%1$s\" name=\"%1$s\"".formatted(name))
        .append(marked(name))
        .append(">\n");
    valueToWords.forEach(
        (value, words) ->
            html.append("<option value=\"")
                .append(Html.text(value))
                .append(value.equals(typed.apply(name)) ? "\" selected>" : "\">")
                .append(Html.text(words))
                .append("</option>\n"));
    return html.append("</select>").append(said(name)).append("</p>\n").toString();
  }

  /** Sends "yes" where it is ticked. */
  public String tick(String name, String label) {
    return "<p class=\"tick\"><label><input type=\"checkbox\" name=\"%1$s\" value=\"yes\" required"
            .formatted(name)
        + (typed.apply(name).equals("yes") ? " checked" : "")
        + marked(name)
        + "> <span>"
        + Html.text(label)
        + "</span></label>"
        + said(name)
        + "</p>\n";
  }

  private static String label(String name, String label) {
    return "<label for=\"" + name + "\">" + Html.text(label) + "</label>";
  }

  private String marked(String name) {
    return wrong.apply(name).isPresent()
        ? " aria-invalid=\"true\" aria-describedby=\"" + name + "-error\""
        : "";
  }

  private String said(String name) {
    return wrong
        .apply(name)
        .map(why -> "<span class=\"error\" id=\"" + name + "-error\">" + Html.text(why) + "</span>")
        .orElse("");
  }
}
