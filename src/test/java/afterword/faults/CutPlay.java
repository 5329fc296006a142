package afterword.faults;

import afterword.bench.Scale;
import afterword.faults.Journal.Answer;
import afterword.faults.Journal.Post;
import java.util.List;
import java.util.UUID;

/**
 * Ends the connection at every byte position of the conversation that a post has with the database,
 * facts and insert, each once. The page is another one each time, so its key tells the conversation
 * apart from what else the service says.
 */
final class CutPlay {
  private static final int ATTEMPTS = 5;

  private CutPlay() {}

  static Row everyByte(String name, Scale scale) throws Exception {
    int step = scale.of(397, 41, 1);
    try (var stage = new Stage(Stage.Plan.ONE)) {
      stage.begin(1, 5);
      var writer = new Writer(List.of(stage.services.get(0).port()), stage.journal);
      int length = length(stage, writer);
      int cuts = 0;
      int missed = 0;
      for (int at = 0; at < length; at += step)
        switch (cut(stage, writer, at)) {
          case CUT -> cuts++;
          case MISSED -> missed++;
          case BEYOND -> {}
        }
      double recovery = stage.untilQuiet(System.nanoTime());
      String words =
          "%s of a conversation of up to %,d bytes cut at, %,d missed"
              .formatted(step == 1 ? "every byte" : "each " + step + "th byte", length, missed);
      return stage.row(name, cuts, recovery, new Row.Limit(words, cuts > 0 && missed == 0));
    }
  }

  /** BEYOND: each time the post was taken in a conversation that was over before that byte. */
  private enum Outcome {
    CUT,
    BEYOND,
    MISSED
  }

  /** Another connection may have had less to say. */
  private static Outcome cut(Stage stage, Writer writer, int at) throws InterruptedException {
    boolean beyond = true;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      warm(stage, writer);
      String page = page(at);
      Link.Cut cut = stage.link.cutAfter(at, page);
      Answer answer = post(stage, writer, page);
      stage.link.mend();
      if (cut.done()) return Outcome.CUT;
      beyond &= answer.acknowledged() && cut.passed() <= at;
    }
    return beyond ? Outcome.BEYOND : Outcome.MISSED;
  }

  /** Of the whole conversation where nothing is cut: the shortest of a few, without bystanders. */
  private static int length(Stage stage, Writer writer) throws InterruptedException {
    int shortest = Integer.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS; i++) {
      warm(stage, writer);
      Link.Cut none = stage.link.cutAfter(Integer.MAX_VALUE, page(i));
      if (post(stage, writer, page(i)).acknowledged()) shortest = Math.min(shortest, none.passed());
      stage.link.mend();
    }
    return shortest;
  }

  /** Connections are there again, and know the statements. */
  private static void warm(Stage stage, Writer writer) throws InterruptedException {
    Stage.until("a post is taken", 120, () -> post(stage, writer, "page-warm").acknowledged());
  }

  /** As long for every position. */
  private static String page(int position) {
    return "cut-at-%06d".formatted(position);
  }

  private static Answer post(Stage stage, Writer writer, String page) {
    var post =
        new Post(
            UUID.randomUUID().toString(), page, null, "shown0x faultless " + UUID.randomUUID());
    stage.journal.sent(post);
    Answer answer = writer.send(post);
    stage.journal.answered(post, answer);
    return answer;
  }
}
