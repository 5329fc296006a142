package afterword.model;

import java.util.List;
import java.util.Optional;

/**
 * A comment as a filter or somebody outside gets to see it.
 *
 * @param text what the markup shows, plain
 * @param linkHosts of the links in the text, lower-case ASCII, one each
 * @param approved published comments of this commenter, counted up to fifty
 * @param turnedDown comments of theirs that moderators turned down, counted as far
 * @param address of the sender, 4 or 16 bytes, where it is in hand; never to be stored
 */
public record Subject(
    Site site,
    Submission submission,
    String text,
    List<String> linkHosts,
    int approved,
    int turnedDown,
    Optional<byte[]> address) {
  public Subject {
    linkHosts = List.copyOf(linkHosts);
  }
}
