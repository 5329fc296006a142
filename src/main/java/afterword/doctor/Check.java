package afterword.doctor;

import io.vertx.core.Future;

/** One thing that is looked at; a failed future is a fault too. */
@FunctionalInterface
interface Check {
  Future<Finding> look();
}
