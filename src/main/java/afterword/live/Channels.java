package afterword.live;

import afterword.model.Site;
import afterword.page.PageNumbers;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The pages that somebody looks at. A page may have several keys, and get its thread later. */
final class Channels {
  private final PageNumbers pages;
  private final Map<Key, Channel> all = new ConcurrentHashMap<>();
  private final Map<ThreadKey, Set<Channel>> byThread = new ConcurrentHashMap<>();

  Channels(PageNumbers pages) {
    this.pages = pages;
  }

  private record Key(int site, String pageKey) {}

  /**
   * @param thread 0 for pages that have none yet
   */
  private record ThreadKey(int site, long thread) {}

  /**
   * The first one on a page has its thread looked up; the channel is known before, so that a thread
   * that begins meanwhile is not missed.
   */
  Future<Channel> join(Site site, String pageKey) {
    var first = new boolean[1];
    Channel channel =
        all.compute(
            new Key(site.id(), pageKey),
            (key, known) -> {
              first[0] = known == null;
              Channel joined = known == null ? bound(new Channel(site, pageKey), 0) : known;
              joined.members++;
              return joined;
            });
    if (first[0]) find(site, List.of(channel)).onComplete(channel.ready::handle);
    return channel.ready.future().map(channel).onFailure(cause -> leave(channel));
  }

  void leave(Channel channel) {
    all.computeIfPresent(
        new Key(channel.site.id(), channel.pageKey),
        (key, known) -> {
          if (known != channel || --channel.members > 0) return known;
          unbind(channel);
          return null;
        });
  }

  boolean isWatched(int site, long thread) {
    return thread != 0 && byThread.containsKey(new ThreadKey(site, thread));
  }

  List<Channel> of(int site, long thread) {
    return List.copyOf(byThread.getOrDefault(new ThreadKey(site, thread), Set.of()));
  }

  /** Looks up which thread each has now. */
  Future<Void> find(Site site, List<Channel> channels) {
    List<String> keys = channels.stream().map(channel -> channel.pageKey).distinct().toList();
    return pages
        .find(site.id(), keys)
        .onSuccess(
            found ->
                channels.forEach(
                    channel -> rebind(channel, found.getOrDefault(channel.pageKey, 0L))))
        .mapEmpty();
  }

  void each(Consumer<Subscriber> action) {
    all.values().forEach(channel -> channel.each(action));
  }

  private void rebind(Channel channel, long thread) {
    all.computeIfPresent(
        new Key(channel.site.id(), channel.pageKey),
        (key, known) -> {
          if (known != channel || channel.thread() == thread) return known;
          unbind(channel);
          return bound(channel, thread);
        });
  }

  private Channel bound(Channel channel, long thread) {
    channel.thread(thread);
    byThread.compute(
        new ThreadKey(channel.site.id(), thread),
        (key, known) -> {
          Set<Channel> set = known == null ? ConcurrentHashMap.newKeySet() : known;
          set.add(channel);
          return set;
        });
    return channel;
  }

  private void unbind(Channel channel) {
    byThread.computeIfPresent(
        new ThreadKey(channel.site.id(), channel.thread()),
        (key, set) -> {
          set.remove(channel);
          return set.isEmpty() ? null : set;
        });
  }
}
