package afterword.model;

import java.util.Optional;

/**
 * What differs from the site for pages whose key begins with a prefix.
 *
 * @param prefix of page keys, such as "2019/"; byte for byte
 * @param closed whether these pages take comments
 * @param closeAfterDays 0: these pages do not close by age
 */
public record PathPolicy(
    String prefix,
    Optional<Mode> mode,
    Optional<Boolean> closed,
    Optional<Integer> closeAfterDays) {
  static final PathPolicy NONE =
      new PathPolicy("", Optional.empty(), Optional.empty(), Optional.empty());
}
