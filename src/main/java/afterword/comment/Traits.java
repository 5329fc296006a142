package afterword.comment;

import afterword.markup.Language;
import afterword.markup.Likeness;
import afterword.markup.Link;
import afterword.markup.Rendered;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Optional;

/** What the moderators' queue filters and groups by, found when the text is written. */
public record Traits(Optional<String> language, String[] linkHosts, Long[] alike) {
  private static final int MOST_HOSTS = 50;

  public static Traits of(int site, Rendered body) {
    String[] hosts =
        body.links().stream()
            .map(Link::host)
            .map(Traits::host)
            .distinct()
            .limit(MOST_HOSTS)
            .toArray(String[]::new);
    Long[] alike =
        Arrays.stream(Likeness.of(body.text(), site)).boxed().distinct().toArray(Long[]::new);
    return new Traits(Language.of(body.text()), hosts, alike);
  }

  /** "www." says nothing about whose host it is. */
  public static String host(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  /** Language, hosts and likeness, in this order. */
  void addTo(Tuple parameters) {
    parameters.addString(language.orElse(null)).addArrayOfString(linkHosts).addArrayOfLong(alike);
  }
}
