package afterword.markup;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Plain text out of safe HTML: blank lines between blocks, "> " before quotes, marks before list
 * items.
 */
final class TextOutline {
  private final StringBuilder text = new StringBuilder();

  /** One per open list: the next number, or 0 for bullets. */
  private final Deque<Integer> lists = new ArrayDeque<>();

  private int quotes;
  private int verbatim;
  private int newlines;
  private boolean space;
  private String marker = "";

  /** Says whether a new line begins. */
  boolean open(String element) {
    switch (element) {
      case "br" -> newlines++;
      case "li" -> item();
      case "p", "hr" -> separate(2);
      case "pre" -> {
        separate(2);
        verbatim++;
      }
      case "blockquote" -> {
        separate(2);
        quotes++;
      }
      case "ul", "ol" -> {
        separate(lists.isEmpty() ? 2 : 1);
        lists.push(element.equals("ol") ? 1 : 0);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Says whether a line ends. */
  boolean close(String element) {
    switch (element) {
      case "li" -> separate(1);
      case "p" -> separate(2);
      case "pre" -> {
        separate(2);
        verbatim--;
      }
      case "blockquote" -> {
        separate(2);
        quotes--;
      }
      case "ul", "ol" -> {
        lists.pop();
        separate(lists.isEmpty() ? 2 : 1);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  void text(String more) {
    more.codePoints()
        .forEach(
            c -> {
              if (!Characters.isWhiteSpace(c) || c == 0xA0) put(c);
              else if (verbatim == 0) space = true;
              else if (c == '\n') newlines++;
              else put(c);
            });
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void item() {
    separate(1);
    int number = lists.isEmpty() ? 0 : lists.pop();
    marker = number == 0 ? "- " : number + ". ";
    lists.push(number == 0 ? 0 : number + 1);
  }

  private void separate(int lines) {
    newlines = Math.max(newlines, lines);
  }

  private void put(int c) {
    boolean start = text.isEmpty();
    if (newlines > 0 && !start) text.append("\n".repeat(newlines));
    if (start || newlines > 0) {
      if (quotes > 0) text.append("> ");
      text.append(marker);
      marker = "";
    } else if (space) {
      text.append(' ');
    }
    newlines = 0;
    space = false;
    text.appendCodePoint(c);
  }
}
