package afterword.model;

import java.util.List;

/**
 * One tenant.
 *
 * @param origins origins (scheme, host, port) whose pages may show and post comments
 * @param version grows with every change of the settings
 */
public record Site(
    int id, String key, String name, List<String> origins, SiteSettings settings, long version) {
  public Site {
    origins = List.copyOf(origins);
  }

  public boolean allows(String origin) {
    return origin != null && origins.contains(origin);
  }
}
