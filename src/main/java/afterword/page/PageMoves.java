package afterword.page;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.events.Event;
import afterword.events.EventStore;
import afterword.model.Failure;
import afterword.model.FailureException;
import afterword.model.Problem;
import afterword.model.PublicId;
import afterword.model.Site;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * For sites that changed their addresses: pages move to other keys, or join other pages. First a
 * plan, which changes nothing; then the plan is carried out. Former keys lead on, comments keep
 * their ids, and what is done already is not planned again.
 */
public final class PageMoves {
  private static final int AT_ONCE = 1_000;

  private final Database database;
  private final AuditStore audit;
  private final EventStore events;
  private final PageStore pages = new PageStore();
  private final Clock clock;

  public PageMoves(Database database, AuditStore audit, EventStore events, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * One page gets another key and address; where a page has that key already, it joins that one.
   */
  public Future<List<PageMove>> planMove(
      Site site, String from, String to, Optional<String> title) {
    PageTarget target = PageTarget.page(site, to);
    String former = PageTarget.former(from).key();
    return page(site, former)
        .compose(
            page -> {
              if (page.isPresent()) return move(site, page.get(), target.key(), target, title);
              return movedAlready(site, former, target.key());
            });
  }

  /** All pages whose key begins so get keys that begin otherwise. */
  public Future<List<PageMove>> planMoveUnder(Site site, String from, String to) {
    PageTarget target = PageTarget.page(site, to).asPrefix();
    String former = PageTarget.former(from).asPrefix().key();
    return database.readCurrent(
        reads ->
            pages
                .formerKeys(reads, site.id(), former)
                .compose(
                    done ->
                        pages
                            .under(reads, site.id(), former)
                            .compose(
                                found ->
                                    moveAll(site, found, former, target, new HashSet<>(done)))));
  }

  /** The comments of one page join those of another. */
  public Future<List<PageMove>> planMerge(Site site, String from, String into) {
    String former = PageTarget.former(from).key();
    String other = PageTarget.former(into).key();
    return resolved(site, other)
        .map(found -> found.orElseThrow(() -> noPage(other)))
        .compose(
            target ->
                page(site, former)
                    .compose(
                        page -> {
                          if (page.isEmpty()) return movedAlready(site, former, target.key());
                          if (page.get().id() == target.id())
                            return Future.succeededFuture(List.of());
                          return joins(site, page.get(), target).map(List::of);
                        }));
  }

  /** As {@link #planMerge(Site, String, String)}, of pages that are known by their ids. */
  Future<List<PageMove>> planMerge(Site site, PublicId from, PublicId into) {
    return Future.all(byId(from), byId(into))
        .compose(
            both -> {
              PageRow page = both.resultAt(0);
              PageRow target = both.resultAt(1);
              return page.id() == target.id()
                  ? Future.succeededFuture(List.of())
                  : joins(site, page, target).map(List::of);
            });
  }

  private Future<PageRow> byId(PublicId id) {
    return database
        .readCurrent(reads -> pages.byId(reads, id))
        .map(
            found ->
                found
                    .filter(page -> !page.key().startsWith(PageStore.JOINING))
                    .orElseThrow(
                        () ->
                            FailureException.notFound(
                                "There is nothing here, or it is not yours.")));
  }

  /** Also finishes what another process began and did not end. */
  public Future<Void> carryOut(Site site, String actor, List<PageMove> moves) {
    return finishHalfJoined(site).compose(done -> each(moves, move -> carryOut(site, actor, move)));
  }

  private Future<List<PageMove>> moveAll(
      Site site, List<PageRow> found, String former, PageTarget target, Set<String> done) {
    List<PageRow> moving =
        found.stream().filter(page -> !movedBefore(page, former, target.key(), done)).toList();
    Set<String> leaving = moving.stream().map(PageRow::key).collect(Collectors.toSet());
    List<PageMove> moves = new ArrayList<>();
    return each(
            moving,
            page -> {
              String key = joined(target.key(), rest(page.key(), former.length()));
              if (leaving.contains(key) && !key.equals(page.key()))
                return Future.failedFuture(bothMove(page.key(), key));
              return move(site, page, key, target, Optional.empty())
                  .onSuccess(moves::addAll)
                  .mapEmpty();
            })
        .map(planned -> List.copyOf(moves));
  }

  /**
   * Where the new beginning begins with the old one, a page that has arrived looks as if it had
   * not.
   */
  private static boolean movedBefore(
      PageRow page, String former, String target, Set<String> formerKeys) {
    return page.key().startsWith(target)
        && formerKeys.contains(joined(former, rest(page.key(), target.length())));
  }

  private static FailureException bothMove(String from, String to) {
    String detail =
        "\"%s\" would become \"%s\", which is a page that moves too. Move that one by itself first."
            .formatted(from, to);
    return new FailureException(new Failure.Conflict(Problem.CONFLICT, detail));
  }

  /** The root is "/" as a page and "" as a beginning. */
  private static String rest(String key, int length) {
    return key.equals("/") ? "" : key.substring(length);
  }

  private static String joined(String beginning, String rest) {
    String key = beginning + rest;
    return key.isEmpty() ? "/" : key;
  }

  private Future<List<PageMove>> move(
      Site site, PageRow page, String key, PageTarget target, Optional<String> title) {
    if (page.key().equals(key)) return Future.succeededFuture(List.of());
    return page(site, key)
        .compose(
            present ->
                present.isPresent()
                    ? joins(site, page, present.get())
                    : becomes(site, page, key, target, title))
        .map(List::of);
  }

  private Future<PageMove> becomes(
      Site site, PageRow page, String key, PageTarget target, Optional<String> title) {
    Optional<String> url = target.address(site, key, page.url());
    return comments(site, page)
        .map(
            count -> new PageMove(page.id(), page.key(), key, Optional.empty(), url, title, count));
  }

  private Future<PageMove> joins(Site site, PageRow page, PageRow target) {
    var none = Optional.<String>empty();
    return comments(site, page)
        .map(
            count ->
                new PageMove(
                    page.id(),
                    page.key(),
                    target.key(),
                    Optional.of(target.id()),
                    none,
                    none,
                    count));
  }

  /** Nothing to do where the former key leads there; where it leads nowhere, somebody mistyped. */
  private Future<List<PageMove>> movedAlready(Site site, String former, String to) {
    return resolved(site, former)
        .compose(
            found -> {
              if (found.isEmpty()) return Future.failedFuture(noPage(former));
              if (found.get().key().equals(to)) return Future.succeededFuture(List.of());
              return Future.failedFuture(
                  FailureException.notFound(
                      "\""
                          + former
                          + "\" is a former key of the page \""
                          + found.get().key()
                          + "\"."));
            });
  }

  private Future<Void> carryOut(Site site, String actor, PageMove move) {
    if (move.into().isPresent()) return join(site, actor, move, move.into().get());
    return database.write(
        tx ->
            pages
                .rename(tx, site.id(), move)
                .compose(
                    renamed -> {
                      if (renamed == 0) return Future.<Void>succeededFuture();
                      return audit
                          .append(tx, entry(site, actor, "page-move", move))
                          .compose(done -> events.append(tx, changed(site, move.pageId()), now()));
                    }));
  }

  private Future<Void> join(Site site, String actor, PageMove move, long into) {
    return database
        .write(
            tx ->
                pages
                    .hide(tx, site.id(), move, into)
                    .compose(
                        hidden -> {
                          if (hidden == 0) return Future.<Void>succeededFuture();
                          return audit
                              .append(tx, entry(site, actor, "page-merge", move))
                              .compose(done -> events.append(tx, changed(site, into), now()));
                        }))
        .compose(hidden -> carryAll(site, move.pageId(), into));
  }

  private Future<Void> carryAll(Site site, long from, long into) {
    return database
        .write(
            tx -> pages.carry(tx, site.id(), from, into, AT_ONCE, now().atOffset(ZoneOffset.UTC)))
        .compose(
            carried ->
                carried == 0
                    ? database.write(tx -> pages.remove(tx, site.id(), from))
                    : carryAll(site, from, into));
  }

  private Future<Void> finishHalfJoined(Site site) {
    return database
        .readCurrent(reads -> pages.halfJoined(reads, site.id()))
        .compose(
            half ->
                each(
                    half,
                    page -> {
                      String into = page.key().substring(1, page.key().indexOf(':'));
                      return carryAll(site, page.id(), Long.parseLong(into));
                    }));
  }

  private Future<Optional<PageRow>> page(Site site, String key) {
    return database.readCurrent(reads -> pages.byKey(reads, site.id(), key));
  }

  private Future<Optional<PageRow>> resolved(Site site, String key) {
    return page(site, key)
        .compose(
            page ->
                page.isPresent()
                    ? Future.succeededFuture(page)
                    : database.readCurrent(reads -> pages.byFormerKey(reads, site.id(), key)));
  }

  private Future<Long> comments(Site site, PageRow page) {
    return database.readCurrent(reads -> pages.comments(reads, new PublicId(site.id(), page.id())));
  }

  private AuditEntry entry(Site site, String actor, String action, PageMove move) {
    return new AuditEntry(site.id(), now(), actor, action, "page:" + move.pageId())
        .because(move.from() + " -> " + move.to());
  }

  private static Event changed(Site site, long page) {
    return new Event(site.id(), Event.Kind.PAGE_CHANGED, page, 0, 0, 0);
  }

  private static FailureException noPage(String key) {
    return FailureException.notFound("There is no page with the key \"" + key + "\".");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static <T> Future<Void> each(List<T> list, Function<T, Future<Void>> step) {
    Future<Void> all = Future.succeededFuture();
    for (T one : list) all = all.compose(done -> step.apply(one));
    return all;
  }
}
