package afterword;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The map of rooms as the README draws it: "room what it is for → what it imports". */
record RoomMap(Map<String, Set<String>> arrows) {
  private static final Pattern BLOCK = Pattern.compile("```rooms\n(.*?)```", Pattern.DOTALL);

  static RoomMap read() {
    Matcher block = BLOCK.matcher(readme());
    if (!block.find()) throw new AssertionError("README.md has no ```rooms block");
    var arrows = new LinkedHashMap<String, Set<String>>();
    // A line that starts with a space goes on with the line before it.
    for (String line : block.group(1).replaceAll("\n\\s+", " ").split("\n")) {
      String[] sides = line.split("→", 2);
      if (sides.length < 2) continue;
      Set<String> targets = new TreeSet<>(Arrays.asList(sides[1].strip().split("\\s+")));
      targets.removeAll(Set.of("java", "only"));
      for (String room : roomsNamedIn(sides[0])) arrows.put(room, targets);
    }
    return new RoomMap(arrows);
  }

  Set<String> rooms() {
    return arrows.keySet();
  }

  boolean allows(String from, String to) {
    return arrows.getOrDefault(from, Set.of()).contains(to);
  }

  /** Rooms that can be reached from themselves. */
  Set<String> circles() {
    var circles = new TreeSet<String>();
    for (String room : rooms()) {
      if (reachable(room, new TreeSet<>()).contains(room)) circles.add(room);
    }
    return circles;
  }

  private Set<String> reachable(String room, Set<String> seen) {
    for (String next : arrows.getOrDefault(room, Set.of())) {
      if (seen.add(next)) reachable(next, seen);
    }
    return seen;
  }

  /** "config, model" are two rooms on one line. */
  private static Set<String> roomsNamedIn(String side) {
    Matcher names = Pattern.compile("^([a-z]+(?:, [a-z]+)*)").matcher(side);
    return names.find() ? Set.of(names.group(1).split(", ")) : Set.of();
  }

  private static String readme() {
    try {
      return Files.readString(Path.of("README.md"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
