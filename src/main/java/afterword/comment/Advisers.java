package afterword.comment;

import afterword.model.Opinion;
import afterword.model.Subject;
import io.vertx.core.Future;
import java.util.List;

/** Those outside whom a site asks before it publishes. Their future never fails and has an end. */
@FunctionalInterface
public interface Advisers {
  Advisers NONE = subject -> Future.succeededFuture(List.of());

  Future<List<Opinion>> ask(Subject subject);
}
