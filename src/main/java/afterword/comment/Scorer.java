package afterword.comment;

import afterword.model.Score;
import afterword.model.Subject;
import java.util.Optional;

/** Says how likely a comment is spam, in memory and at once; empty where nothing is known. */
@FunctionalInterface
public interface Scorer {
  Scorer NONE = subject -> Optional.empty();

  Optional<Score> score(Subject subject);
}
