package afterword.comment;

import afterword.model.Score;
import afterword.model.Subject;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Says how likely a comment is spam, as a rule in memory and at once; empty where nothing is known.
 */
@FunctionalInterface
public interface Scorer {
  Scorer NONE = subject -> Future.succeededFuture(Optional.empty());

  Future<Optional<Score>> score(Subject subject);
}
