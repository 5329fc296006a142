package afterword.moderation;

import afterword.http.Query;
import afterword.model.Status;
import java.util.Locale;
import java.util.Optional;

/** In which order the queue comes. */
enum Order {
  OLDEST("c.created_at", ">", "asc"),
  NEWEST("c.created_at", "<", "desc"),
  /** Age plus weight: of what waits alone. */
  DUE("coalesce(c.due_at, c.created_at)", ">", "asc");

  final String time;
  final String after;
  final String direction;

  Order(String time, String after, String direction) {
    this.time = time;
    this.after = after;
    this.direction = direction;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Order of(String word, Optional<Status> status) {
    for (Order order : values()) {
      if (!order.word().equals(word)) continue;
      if (order == DUE && status.isPresent() && status.get() != Status.PENDING)
        throw Query.wrong("order", "not-waiting", "Only what is pending is due.");
      return order;
    }
    throw Query.wrong("order", "unknown", "Order by \"oldest\", \"newest\" or \"due\".");
  }
}
