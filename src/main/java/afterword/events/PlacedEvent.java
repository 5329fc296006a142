package afterword.events;

/** An event and its place in the order of all events. */
public record PlacedEvent(Event event, Position position) {}
