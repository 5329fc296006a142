package afterword.events;

import java.util.List;

/** Is told of every event once, in order. Must be quick; may be called from any event loop. */
public interface Follower {
  void heard(List<PlacedEvent> events);

  /** What comes next may not follow on what came before. */
  void missed();
}
