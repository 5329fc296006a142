package afterword.thread;

import java.util.Locale;
import java.util.Optional;

/** In which order the roots of a thread are shown; pinned ones come first in each. */
enum Order {
  NEWEST,
  OLDEST,
  /** The same as newest as long as comments have no votes. */
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
