package afterword.spam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Comments of others to judge the filter by, one JSON object a line: {@code group, spam, text}. */
public final class JudgeData {
  private JudgeData() {}

  public record Item(String group, boolean spam, String text) {}

  public static List<Item> read(Path file) throws Exception {
    var items = new ArrayList<Item>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank()) continue;
      var json = new io.vertx.core.json.JsonObject(line);
      items.add(
          new Item(json.getString("group"), json.getInteger("spam") == 1, json.getString("text")));
    }
    return items;
  }

  public static Map<String, List<Item>> byGroup(List<Item> items) {
    var groups = new LinkedHashMap<String, List<Item>>();
    for (Item item : items) groups.computeIfAbsent(item.group(), g -> new ArrayList<>()).add(item);
    return groups;
  }
}
