package afterword.faults;

import afterword.audit.Verification;
import afterword.db.Database;
import afterword.db.TestDatabase;
import afterword.faults.Journal.Answer;
import afterword.faults.Journal.Entry;
import afterword.journeys.RunningService;
import afterword.model.PublicId;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/** Compares what was acknowledged with what there is: I1 to I7. */
final class Checker {
  private static final int REPLAYING = 16;
  private static final int PATIENCE = 50;
  private static final int NAMED = 20;
  private static final int SETTLE_SECONDS = 900;

  private final Stage stage;
  private final TestDatabase database;
  private final Map<String, Entry> keyToEntry;
  private final int[] broken = new int[7];
  private final List<String> wrong = new ArrayList<>();
  private int lost;
  private int doubled;

  Checker(Stage stage) {
    this.stage = stage;
    this.database = stage.database();
    this.keyToEntry = stage.journal.read();
  }

  /** One comment as it is stored. */
  private record Stored(String id, String status) {}

  Row check(String play, int faults, double recovery, Row.Limit limit) throws Exception {
    compare(stored());
    replay();
    settle();
    relations();
    events();
    texts();
    audit();
    List<Integer> counts = Arrays.stream(broken).boxed().toList();
    long internal = answered(answer -> answer.status() == 500);
    if (internal > 0) {
      wrong.add(internal + " posts were answered 500, not \"try again\"");
      for (ServiceProcess service : stage.services) wrong.addAll(service.unexpected());
    }
    return new Row(
        play,
        (int) answered(Answer::acknowledged),
        faults,
        counts,
        recovery,
        internal == 0 ? limit : new Row.Limit(limit.words() + ", " + internal + " × 500", false),
        lost,
        doubled,
        List.copyOf(wrong.subList(0, Math.min(NAMED, wrong.size()))));
  }

  /** How many answers were such, by whomever the post was sent. */
  private long answered(Predicate<Answer> such) {
    return keyToEntry.values().stream()
        .flatMap(entry -> entry.answers().stream())
        .filter(such)
        .count();
  }

  private void wrong(int invariant, String what) {
    broken[invariant - 1]++;
    wrong.add("I" + invariant + ": " + what);
  }

  /** I1 and I2. */
  private void compare(Map<String, List<Stored>> textToStored) {
    for (Entry entry : keyToEntry.values()) {
      List<Stored> rows = textToStored.getOrDefault(entry.post().text(), List.of());
      boolean acknowledged = entry.acknowledgement().isPresent();
      if (rows.size() > 1) {
        doubled++;
        wrong(acknowledged ? 1 : 2, entry.post() + " is there " + rows.size() + " times");
      } else if (acknowledged) {
        String id = entry.acknowledgement().get().id();
        if (rows.isEmpty()) {
          lost++;
          wrong(1, entry.post() + " was acknowledged and is not there");
        } else if (!rows.get(0).id().equals(id)) {
          lost++;
          wrong(1, entry.post() + " was acknowledged as " + id + " and is " + rows.get(0).id());
        }
      }
      entry.answers().stream()
          .filter(Answer::acknowledged)
          .filter(answer -> !answer.id().equals(entry.acknowledgement().orElseThrow().id()))
          .forEach(answer -> wrong(3, entry.post() + " was acknowledged with two ids"));
    }
  }

  /** I3: every key again; what was acknowledged says the same, and nobody is there twice. */
  private void replay() throws Exception {
    var workers = Executors.newFixedThreadPool(REPLAYING);
    var keyToAnswer = new HashMap<String, Future<Answer>>();
    for (Entry entry : keyToEntry.values())
      keyToAnswer.put(entry.post().key(), workers.submit(() -> patiently(entry.post())));
    Map<String, Answer> keyToReplayed = new HashMap<>();
    for (var one : keyToAnswer.entrySet()) keyToReplayed.put(one.getKey(), one.getValue().get());
    workers.shutdown();
    Map<String, List<Stored>> textToStored = stored();
    for (Entry entry : keyToEntry.values()) {
      Answer again = keyToReplayed.get(entry.post().key());
      int rows = textToStored.getOrDefault(entry.post().text(), List.of()).size();
      if (entry.acknowledgement().isPresent()) {
        if (!again.equals(entry.acknowledgement().get()))
          wrong(3, entry + " was answered " + again + " when sent again");
      } else if (again.status() == 0 || again.status() >= 500) {
        wrong(3, entry + " was answered " + again + " when sent again");
      }
      if (rows > 1 || again.acknowledged() && rows != 1)
        wrong(3, entry + " is there " + rows + " times after it was sent again");
    }
  }

  /** A client that is told "try again" does. */
  private Answer patiently(Journal.Post post) throws InterruptedException {
    Answer answer = stage.writer.send(post);
    for (int i = 0; i < PATIENCE && (answer.status() == 503 || answer.status() == 0); i++) {
      Thread.sleep(200);
      answer = stage.writer.send(post);
    }
    return answer;
  }

  private Map<String, List<Stored>> stored() throws SQLException {
    var textToStored = new HashMap<String, List<Stored>>();
    try (var connection = database.connect();
        var rows =
            connection
                .createStatement()
                .executeQuery("select site_id, id, source, status from comment")) {
      while (rows.next())
        textToStored
            .computeIfAbsent(rows.getString(3), text -> new ArrayList<>())
            .add(
                new Stored(
                    new PublicId(rows.getInt(1), rows.getLong(2)).toString(), rows.getString(4)));
    }
    return textToStored;
  }

  /** Until what follows from the events has been done. */
  private void settle() throws InterruptedException {
    Stage.until(
        "counters are folded, the audit is sealed and whoever is outside was told",
        SETTLE_SECONDS,
        () -> {
          database.run(HURRY);
          return "t".equals(database.ask(SETTLED));
        });
  }

  /**
   * Attempts that somebody died with are made anew a minute later. Longer than any can take is
   * enough here, so that nobody waits for that.
   */
  private static final String HURRY =
      """
      update delivery set next_at = now()
      where status = 'waiting' and next_at between now() + interval '1 second' and now() + interval '53 seconds'
      """;

  private static final String SETTLED =
      """
      select not exists (
          select from event e, reader_position r
          where r.reader = 'counters' and (e.xid, e.id) > (r.xid, r.event_id))
        and not exists (
          select from audit a, audit_sealer s where (a.xid, a.id) > (s.xid, s.audit_id))
        and not exists (select from outbox)
        and not exists (select from delivery where status = 'waiting')
      """;

  /** I4. */
  private void relations() throws Exception {
    var answers = new Answers(database, stage.moderator);
    for (ServiceProcess service : stage.services)
      answers.wrong(service.port()).forEach(line -> wrong(4, line));
    each(
        4,
        "a reply without its parent, or not under its parent's root",
        """
        select c.id from comment c left join comment p on p.site_id = c.site_id and p.id = c.parent_id
        where c.parent_id is not null and (p.id is null or p.root_id <> c.root_id or p.thread_id <> c.thread_id)
        """);
    each(
        4,
        "a page whose counter is not the recount",
        """
        select coalesce(t.thread_id, c.thread_id) from (
          select site_id, thread_id, count(*) as n from comment where status = 'published' group by 1, 2) c
        full join thread_counter t on t.site_id = c.site_id and t.thread_id = c.thread_id
        where coalesce(t.published, 0) <> coalesce(c.n, 0)
        """);
    each(
        4,
        "a root whose count of replies is not the recount",
        """
        select coalesce(t.root_id, c.root_id) from (
          select site_id, root_id, count(*) as n from comment
          where status = 'published' and id <> root_id group by 1, 2) c
        full join reply_counter t on t.site_id = c.site_id and t.root_id = c.root_id
        where coalesce(t.published, 0) <> coalesce(c.n, 0)
        """);
  }

  /** I5: in the table of events, by webhook, and where one followed a page live. */
  private void events() throws SQLException {
    each(
        5,
        "a comment without its event, or with two",
        """
        select c.id from comment c
        left join event e on e.site_id = c.site_id and e.comment_id = c.id and e.kind = 'comment-added'
        group by c.site_id, c.id having count(e.id) <> 1
        """);
    each(
        5,
        "an event of a comment that is not there",
        """
        select e.id from event e
        where e.comment_id is not null
          and not exists (select from comment c where c.site_id = e.site_id and c.id = e.comment_id)
        """);
    stage.outside.wrong(database).forEach(line -> wrong(5, line));
    Map<String, Integer> told = stage.readers.told();
    told.forEach(
        (id, times) -> {
          if (times > 1) wrong(5, id + " was told " + times + " times as published");
        });
    if (stage.readers.reloaded()) return;
    try (var connection = database.connect();
        var asked = connection.prepareStatement(FOLLOWED)) {
      asked.setObject(1, stage.readers.followedFrom().atOffset(ZoneOffset.UTC));
      asked.setObject(2, stage.readers.followedUntil().atOffset(ZoneOffset.UTC));
      var rows = asked.executeQuery();
      while (rows.next()) {
        String id = new PublicId(rows.getInt(1), rows.getLong(2)).toString();
        if (!told.containsKey(id)) wrong(5, id + " was published and not told");
      }
    }
  }

  /** Those that stayed published; of one that went in between only the end is told. */
  private static final String FOLLOWED =
      """
      select c.site_id, c.id from comment c
      join page p on p.site_id = c.site_id and p.id = c.thread_id
      where p.key = 'page-0' and c.status = 'published' and c.created_at between ? and ?
      """;

  /** I6. */
  private void texts() {
    stage.readers.seen().forEach(text -> wrong(6, text));
  }

  /** I7. */
  private void audit() throws SQLException {
    Vertx vertx = Vertx.vertx();
    Database opened = database.open(vertx);
    RunningService.await(new Verification(opened).verify()).wrong().forEach(line -> wrong(7, line));
    RunningService.await(opened.close());
    RunningService.await(vertx.close());
    each(
        7,
        "a comment with more or fewer entries than changes",
        """
        select c.id from comment c
        left join audit a on a.site_id = c.site_id and a.object = 'comment:' || c.id
        group by c.site_id, c.id, c.version having count(a.id) <> c.version
        """);
  }

  private void each(int invariant, String what, String sql) throws SQLException {
    try (var connection = database.connect();
        var rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) wrong(invariant, what + ": " + rows.getString(1));
    }
  }
}
