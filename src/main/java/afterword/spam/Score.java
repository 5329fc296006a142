package afterword.spam;

import java.util.List;

/**
 * How likely a comment is spam, as far as its own text and author tell.
 *
 * @param probability 0 to 1, calibrated: of those with 0.9, nine in ten are spam
 * @param because what speaks most for spam, the strongest first; empty where little does
 * @param modelVersion of the site's model, 0 for the shipped one
 */
public record Score(double probability, List<String> because, long modelVersion) {
  public Score {
    because = List.copyOf(because);
  }
}
