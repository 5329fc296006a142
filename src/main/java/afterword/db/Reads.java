package afterword.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.function.Function;

/** Where single reads are asked: of the database, or of a replica. */
@FunctionalInterface
public interface Reads {
  <T> Future<T> read(Function<SqlClient, Future<T>> question);
}
