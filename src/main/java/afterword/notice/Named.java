package afterword.notice;

import afterword.http.Fields;
import afterword.model.PublicId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Notices and appeals that were seen by who decides: those and no others are settled. */
public record Named(Set<PublicId> notices, Set<PublicId> appeals) {
  private static final int MOST = 5_000;

  /** For what nothing waits. */
  public static final Named NONE = new Named(Set.of(), Set.of());

  /** Notes in the fields what is wrong. */
  public static Named read(Fields fields) {
    return new Named(
        ids(fields, "notices", Receipt::idOf), ids(fields, "appeals", PublicId::parse));
  }

  private static Set<PublicId> ids(
      Fields fields, String name, Function<String, Optional<PublicId>> read) {
    var ids = new HashSet<PublicId>();
    for (String text : fields.texts(name, MOST, 64))
      read.apply(text)
          .ifPresentOrElse(
              ids::add, () -> fields.wrong(name, "malformed", "Something here has no such id."));
    return ids;
  }

  static Long[] rows(Collection<PublicId> ids, int site) {
    return ids.stream().filter(id -> id.site() == site).map(PublicId::row).toArray(Long[]::new);
  }
}
