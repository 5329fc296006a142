package afterword.events;

import java.time.Instant;

/**
 * An event and its place in the order of all events.
 *
 * @param at when it happened, which says nothing about the order
 */
public record PlacedEvent(Event event, Position position, Instant at) {}
