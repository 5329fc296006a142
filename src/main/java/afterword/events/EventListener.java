package afterword.events;

import afterword.db.Listening;

/** Hears from {@link EventNotifier} that there are new events, and has the feed read them. */
public final class EventListener implements Listening.Ear {
  private final EventFeed feed;

  public EventListener(EventFeed feed) {
    this.feed = feed;
  }

  @Override
  public void up() {
    feed.notified(true);
  }

  @Override
  public void down() {
    feed.notified(false);
  }

  @Override
  public void heard(String position) {
    Position.parse(position).ifPresent(feed::reaches);
  }
}
