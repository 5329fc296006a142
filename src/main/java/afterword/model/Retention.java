package afterword.model;

/**
 * How long is kept what nobody reads any more, in days; 0 for ever.
 *
 * @param sendersDays from which on e-mail address and address hashes of a comment's sender go
 * @param rejectedDays after a comment was rejected or marked as spam: its text goes
 * @param deletedDays after it was deleted or withdrawn: its text goes
 */
public record Retention(int sendersDays, int rejectedDays, int deletedDays) {
  public static final Retention FOREVER = new Retention(0, 0, 0);

  public static final int MOST_DAYS = 36_500;

  public Retention {
    for (int days : new int[] {sendersDays, rejectedDays, deletedDays}) {
      if (days < 0 || days > MOST_DAYS)
        throw new IllegalArgumentException("Kept for 0 to " + MOST_DAYS + " days, not " + days);
    }
  }
}
