package afterword.comment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import afterword.comment.Posting.Draft;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Mode;
import afterword.model.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same post very often at once, to two processes on one database. */
class AtOnceIT {
  private static final int MANY = Integer.getInteger("afterword.duplicates", 1_000);
  private static final String KEY = "the-very-same-key";

  /** For as long as a slow machine needs. */
  private static final String HOLD =
      "set local idle_in_transaction_session_timeout = 0; select pg_advisory_xact_lock(%d)";

  private Posting posting;
  private Database other;
  private List<PostComment> processes;

  @BeforeEach
  void start() {
    posting = new Posting(Mode.OPEN);
    other = posting.rows.open(posting.vertx);
    processes = List.of(posting.posting, posting.onAnother(other));
  }

  @AfterEach
  void stop() {
    Posting.await(other.close());
    posting.close();
  }

  @Test
  void a_thousand_posts_of_one_key_make_one_comment() {
    List<Future<Posted>> answers = sendMany(() -> posting.say("Once").by(1).key(KEY));

    assertEquals("1", posting.ask("select count(*) from comment"));
    assertEquals(
        1,
        answers.stream()
            .filter(Future::succeeded)
            .map(answer -> answer.result().comment().id())
            .distinct()
            .count());
    answers.stream().filter(Future::failed).forEach(AtOnceIT::assertInFlight);
  }

  /** All of them are answered before the one that has the key is done. */
  @Test
  void a_thousand_posts_of_a_key_that_is_under_way_wait_for_nothing() {
    Promise<Void> holding = Promise.promise();
    Promise<Void> done = Promise.promise();
    Future<Void> held =
        posting.database.write(
            tx ->
                tx.query(HOLD.formatted(lockOf(KEY)))
                    .execute()
                    .compose(
                        locked -> {
                          holding.complete();
                          return done.future();
                        }));
    Posting.await(holding.future());

    List<Future<Posted>> answers = sendMany(() -> posting.say("Early").key(KEY));

    assertFalse(held.isComplete());
    assertEquals(MANY, answers.stream().filter(Future::failed).count());
    answers.forEach(AtOnceIT::assertInFlight);
    done.complete();
    Posting.await(held);
    assertEquals(201, posting.say("Early").key(KEY).post().answer());
    assertEquals("1", posting.ask("select count(*) from comment"));
  }

  private List<Future<Posted>> sendMany(Supplier<Draft> draft) {
    List<Future<Posted>> answers =
        IntStream.range(0, MANY)
            .mapToObj(i -> send(draft.get(), processes.get(i % processes.size())))
            .toList();
    answers.forEach(answer -> Posting.await(answer.otherwiseEmpty()));
    return answers;
  }

  /** More than a process takes at once are told to come again, and do. */
  private static Future<Posted> send(Draft draft, PostComment process) {
    return draft
        .sendTo(process)
        .recover(
            cause ->
                failure(cause) instanceof Failure.Unavailable
                    ? send(draft, process)
                    : Future.failedFuture(cause));
  }

  private static long lockOf(String key) {
    return ByteBuffer.wrap(new Keys(TestDatabase.SECRET).hash(Purpose.IDEMPOTENCY, "1", key))
        .getLong();
  }

  private static void assertInFlight(Future<Posted> answer) {
    assertEquals(Problem.IN_FLIGHT, ((Failure.Conflict) failure(answer.cause())).problem());
  }

  private static Failure failure(Throwable cause) {
    return ((FailureException) cause).failure();
  }
}
