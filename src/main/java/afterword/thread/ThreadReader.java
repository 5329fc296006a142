package afterword.thread;

import afterword.model.FailureException;
import afterword.model.PublicId;
import afterword.model.Site;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together a page of a thread: the first one, one after a cursor, or the one that holds a
 * comment.
 */
final class ThreadReader {
  private static final int REPLIES_AROUND = 100;

  private final Clock clock;
  private final ThreadStore threads;
  private final ReplyStore replies;
  private final Cursors cursors;

  ThreadReader(ThreadStore threads, ReplyStore replies, Cursors cursors, Clock clock) {
    this.clock = clock;
    this.threads = threads;
    this.replies = replies;
    this.cursors = cursors;
  }

  /** What is asked of a thread; {@code after} and {@code around} exclude each other. */
  record Ask(
      String pageKey, Order order, int limit, Optional<String> after, Optional<String> around) {
    String spelledOut() {
      return "thread\n"
          + pageKey
          + '\n'
          + order
          + '\n'
          + limit
          + '\n'
          + after.orElse("")
          + '\n'
          + around.orElse("");
    }
  }

  Future<ThreadPage> read(Site site, Ask ask) {
    return found(site, ask).map(page -> page.at(site.settings(), clock.instant()));
  }

  private Future<ThreadPage> found(Site site, Ask ask) {
    if (ask.around().isPresent()) return around(site, ask, ask.around().get());
    Place after = ask.after().map(text -> cursors.place(list(site, ask), text)).orElse(start(ask));
    return threads.page(site.id(), ask.pageKey(), ask.order(), after, ask.limit());
  }

  /** One root with a page of its replies; "after" is a cursor to those. */
  Future<ThreadPage> under(Site site, Ask ask, String rootId) {
    return shown(site, rootId)
        .compose(
            found -> {
              ReplyStore.Standing root =
                  found.filter(one -> one.comment().isRoot()).orElseThrow(ThreadReader::noComment);
              long id = root.comment().id();
              Place after =
                  ask.after()
                      .map(text -> cursors.place(repliesOf(site, id), text))
                      .orElse(Place.start(false));
              return threads
                  .page(
                      site.id(), ask.pageKey(), Order.NEWEST, Place.before(root.comment(), true), 1)
                  .compose(
                      page ->
                          replies
                              .after(site.id(), id, after, REPLIES_AROUND + 1)
                              .map(list -> only(page, root, list)));
            });
  }

  /** Empty where there is none, or where it is not public. */
  Future<Optional<ShownComment>> published(Site site, String id) {
    return shown(site, id)
        .map(found -> found.map(ReplyStore.Standing::comment).filter(ShownComment::published));
  }

  /** The cursors that go on from a page. */
  ThreadJson.Links links(Site site, Ask ask) {
    return new ThreadJson.Links(page -> next(site, ask, page), root -> nextReplies(site, root));
  }

  static String repliesOf(Site site, long root) {
    return "replies\n" + site.id() + '\n' + root;
  }

  private String next(Site site, Ask ask, ThreadPage page) {
    if (!page.more()) return null;
    return cursors.text(
        list(site, ask), Place.of(page.roots().get(page.roots().size() - 1), page.head().moment()));
  }

  private String nextReplies(Site site, ThreadPage.Root root) {
    return root.rest()
        .map(place -> cursors.text(repliesOf(site, root.comment().id()), place))
        .orElse(null);
  }

  private static String list(Site site, Ask ask) {
    return "thread\n" + site.id() + '\n' + ask.order() + '\n' + ask.pageKey();
  }

  private static Place start(Ask ask) {
    return Place.start(ask.order().descending());
  }

  /** Links to comments outlive them: what is not there any more leads to the first page. */
  private Future<ThreadPage> around(Site site, Ask ask, String id) {
    return shown(site, id)
        .compose(found -> found.isEmpty() ? first(site, ask) : around(site, ask, found.get()));
  }

  private Future<ThreadPage> around(Site site, Ask ask, ReplyStore.Standing standing) {
    ShownComment comment = standing.comment();
    if (comment.isRoot()) return fromRoot(site, ask, standing.threadId(), comment);
    return replies
        .shown(site.id(), comment.rootId())
        .compose(
            root ->
                root.isEmpty() ? first(site, ask) : withReplies(site, ask, root.get(), comment));
  }

  private Future<ThreadPage> withReplies(
      Site site, Ask ask, ReplyStore.Standing root, ShownComment reply) {
    return fromRoot(site, ask, root.threadId(), root.comment())
        .compose(
            page ->
                replies
                    .upTo(site.id(), reply, REPLIES_AROUND)
                    .compose(window -> withAncestors(site, reply, window))
                    .map(window -> opened(page, root.comment().id(), window)));
  }

  /**
   * Those that are older than the window, one by one: they are as many as replies nest, at most.
   */
  private Future<List<ShownComment>> withAncestors(
      Site site, ShownComment reply, List<ShownComment> window) {
    ShownComment top = reply;
    while (holds(window, top.parentId())) top = byId(window, top.parentId());
    if (top.parentId() == reply.rootId()) return Future.succeededFuture(window);
    return replies
        .shown(site.id(), top.parentId())
        .compose(
            parent -> {
              if (parent.isEmpty()) return Future.succeededFuture(window);
              var longer = new ArrayList<ShownComment>(window);
              longer.add(0, parent.get().comment());
              return withAncestors(site, parent.get().comment(), longer);
            });
  }

  private static ShownComment byId(List<ShownComment> list, long id) {
    return list.stream().filter(one -> one.id() == id).findFirst().orElseThrow();
  }

  private Future<ThreadPage> fromRoot(Site site, Ask ask, long thread, ShownComment root) {
    return threads
        .placeOf(site.id(), root, ask.order())
        .map(at -> at.before(ask.order().descending()))
        .compose(from -> threads.page(site.id(), ask.pageKey(), ask.order(), from, ask.limit()))
        .compose(
            page -> page.head().id() == thread ? Future.succeededFuture(page) : first(site, ask));
  }

  private Future<Optional<ReplyStore.Standing>> shown(Site site, String id) {
    return PublicId.parse(id)
        .filter(known -> known.site() == site.id())
        .map(known -> replies.shown(site.id(), known.row()))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  private static ThreadPage only(
      ThreadPage page, ReplyStore.Standing root, List<ShownComment> list) {
    boolean here = page.head().id() == root.threadId() && !page.roots().isEmpty();
    if (!here || page.roots().get(0).comment().id() != root.comment().id()) throw noComment();
    boolean more = list.size() > REPLIES_AROUND;
    List<ShownComment> shown = more ? list.subList(0, REPLIES_AROUND) : list;
    Optional<Place> rest =
        more ? Optional.of(Place.of(shown.get(REPLIES_AROUND - 1))) : Optional.empty();
    var one = new ThreadPage.Root(root.comment(), 0, page.roots().get(0).replyCount(), shown, rest);
    return new ThreadPage(page.head(), List.of(one), false);
  }

  static FailureException noComment() {
    return FailureException.notFound("There is no such comment.");
  }

  private Future<ThreadPage> first(Site site, Ask ask) {
    return threads.page(site.id(), ask.pageKey(), ask.order(), start(ask), ask.limit());
  }

  private static ThreadPage opened(ThreadPage page, long root, List<ShownComment> window) {
    List<ThreadPage.Root> roots = new ArrayList<>();
    for (ThreadPage.Root one : page.roots())
      roots.add(one.comment().id() == root ? opened(one, window) : one);
    return new ThreadPage(page.head(), roots, page.more());
  }

  /**
   * The window ends with the wanted reply; where it does not reach back to the first replies there
   * is a gap.
   */
  private static ThreadPage.Root opened(ThreadPage.Root root, List<ShownComment> window) {
    List<ShownComment> first = root.replies();
    boolean gap = !first.isEmpty() && !holds(window, first.get(first.size() - 1).id());
    var all = new ArrayList<ShownComment>(first);
    window.stream().filter(reply -> !holds(first, reply.id())).forEach(all::add);
    if (all.size() == first.size()) return root;
    ShownComment last = gap ? first.get(first.size() - 1) : all.get(all.size() - 1);
    return new ThreadPage.Root(
        root.comment(), root.rank(), root.replyCount(), all, Optional.of(Place.of(last)));
  }

  private static boolean holds(List<ShownComment> list, long id) {
    return list.stream().anyMatch(reply -> reply.id() == id);
  }
}
