package afterword.faults;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was sent and what was answered: each is on disk before the writer takes its next step. */
final class Journal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Object forcing = new Object();
  private long written;
  private long forced;

  Journal(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * @param parent id of the comment it answers, or null
   */
  record Post(String key, String page, String parent, String text) {}

  /**
   * @param status 0 where there was no answer
   */
  record Answer(int status, String id, String ownerToken) {
    boolean acknowledged() {
      return status == 201 || status == 202;
    }

    /** What such an answer says. */
    static Answer acknowledged(int status, JsonObject body) {
      String id = body.getJsonObject("comment").getString("id");
      return new Answer(status, id, body.getString("ownerToken"));
    }
  }

  /** One post and all that was answered to it. */
  record Entry(Post post, List<Answer> answers) {
    Optional<Answer> acknowledgement() {
      return answers.stream().filter(Answer::acknowledged).findFirst();
    }
  }

  void sent(Post post) {
    append(line(post));
  }

  /** All of them with one force. */
  void sent(List<Post> posts) {
    append(posts.stream().map(Journal::line).collect(Collectors.joining()));
  }

  private static String line(Post post) {
    return new JsonObject()
            .put("sent", post.key())
            .put("page", post.page())
            .put("parent", post.parent())
            .put("text", post.text())
            .encode()
        + "\n";
  }

  void answered(Post post, Answer answer) {
    append(
        new JsonObject()
                .put("answered", post.key())
                .put("status", answer.status())
                .put("id", answer.id())
                .put("token", answer.ownerToken())
                .encode()
            + "\n");
  }

  /** Read back from the file, in the order of sending. */
  Map<String, Entry> read() {
    var keyToEntry = new LinkedHashMap<String, Entry>();
    try (var lines = Files.lines(file)) {
      lines
          .map(JsonObject::new)
          .forEach(
              line -> {
                String sent = line.getString("sent");
                if (sent != null)
                  keyToEntry.put(
                      sent,
                      new Entry(
                          new Post(
                              sent,
                              line.getString("page"),
                              line.getString("parent"),
                              line.getString("text")),
                          new ArrayList<>()));
                else
                  keyToEntry
                      .get(line.getString("answered"))
                      .answers()
                      .add(
                          new Answer(
                              line.getInteger("status"),
                              line.getString("id"),
                              line.getString("token")));
              });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return keyToEntry;
  }

  /** Several that come at once share one force. */
  private void append(String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    try {
      long mine;
      synchronized (this) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) channel.write(buffer);
        mine = ++written;
      }
      synchronized (forcing) {
        if (forced >= mine) return;
        long upTo;
        synchronized (this) {
          upTo = written;
        }
        channel.force(false);
        forced = upTo;
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
