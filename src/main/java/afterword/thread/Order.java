package afterword.thread;

import java.util.Locale;
import java.util.Optional;

/** In which order the roots of a thread are shown; pinned ones come first in each. */
enum Order {
  NEWEST,
  OLDEST,
  /** By what readers' votes say at least; those without votes by time, between the others. */
  BEST;

  static Optional<Order> of(String word) {
    for (Order order : values()) if (order.word().equals(word)) return Optional.of(order);
    return Optional.empty();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean descending() {
    return this != OLDEST;
  }
}
