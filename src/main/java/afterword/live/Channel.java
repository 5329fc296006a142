package afterword.live;

import afterword.model.Site;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All who look at one page, by event loop, so that news wakes each loop once. */
final class Channel {
  final Site site;
  final String pageKey;

  /** Done once it is known which thread the page has, or that it has none yet. */
  final Promise<Void> ready = Promise.promise();

  private final Map<Thread, Loop> loops = new ConcurrentHashMap<>();
  private volatile long thread;

  /** Touched by {@link Channels} alone. */
  int members;

  Channel(Site site, String pageKey) {
    this.site = site;
    this.pageKey = pageKey;
  }

  /** 0 where nobody has commented yet. */
  long thread() {
    return thread;
  }

  void thread(long found) {
    thread = found;
  }

  /** To be called on the subscriber's event loop, as is {@link #remove}. */
  void add(Subscriber subscriber, Context context) {
    loops
        .computeIfAbsent(Thread.currentThread(), loop -> new Loop(context))
        .subscribers
        .add(subscriber);
  }

  void remove(Subscriber subscriber) {
    Loop loop = loops.get(Thread.currentThread());
    if (loop != null) loop.subscribers.remove(subscriber);
  }

  void each(Consumer<Subscriber> action) {
    loops.values().forEach(loop -> loop.each(action));
  }

  private static final class Loop {
    final Context context;
    final Set<Subscriber> subscribers = new LinkedHashSet<>();

    Loop(Context context) {
      this.context = context;
    }

    /** Of a copy: who is dropped leaves meanwhile. */
    void each(Consumer<Subscriber> action) {
      context.runOnContext(
          now -> {
            List<Subscriber> all = new ArrayList<>(subscribers);
            all.forEach(action);
          });
    }
  }
}
