package afterword.model;

import java.util.List;

/**
 * What a learned filter makes of a comment.
 *
 * @param spam how likely it is spam, 0 to 1
 * @param because what speaks for it most, for moderators: words, hosts, signals
 * @param version of what was learned
 */
public record Score(double spam, List<String> because, long version) {
  public Score {
    if (!(spam >= 0 && spam <= 1)) throw new IllegalArgumentException("a score is from 0 to 1");
    because = List.copyOf(because);
  }

  public int thousandths() {
    return (int) Math.round(spam * 1000);
  }
}
