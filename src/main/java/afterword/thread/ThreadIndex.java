package afterword.thread;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which cached answers depend on a thread. */
final class ThreadIndex {
  private final Map<Scope, Set<ReadCache.Key>> scopeToKeys = new ConcurrentHashMap<>();

  private record Scope(int site, long thread) {}

  void add(ReadCache.Key key, Encoded answer) {
    for (long thread : answer.threads()) {
      scopeToKeys.compute(
          new Scope(key.site(), thread),
          (scope, keys) -> {
            Set<ReadCache.Key> all = keys == null ? ConcurrentHashMap.newKeySet() : keys;
            all.add(key);
            return all;
          });
    }
  }

  void remove(ReadCache.Key key, Encoded answer) {
    for (long thread : answer.threads()) {
      scopeToKeys.computeIfPresent(
          new Scope(key.site(), thread),
          (scope, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
          });
    }
  }

  /** A copy: dropping the answers changes the original. */
  List<ReadCache.Key> keys(int site, long thread) {
    return List.copyOf(scopeToKeys.getOrDefault(new Scope(site, thread), Set.of()));
  }

  int size() {
    return scopeToKeys.values().stream().mapToInt(Set::size).sum();
  }
}
