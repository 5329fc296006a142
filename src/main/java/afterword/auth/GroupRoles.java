package afterword.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which group of an identity provider gives which role on which site. For people who come by the
 * provider it decides alone about the sites it names; roles on others are given here.
 */
final class GroupRoles {
  private record Line(String group, String site, Role role) {}

  private final List<Line> lines;

  private GroupRoles(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * @param texts each "group=site:role"; checked with the settings
   */
  static GroupRoles of(List<String> texts) {
    var lines = new ArrayList<Line>();
    for (String text : texts) {
      int equals = text.lastIndexOf('=');
      String[] siteAndRole = text.substring(equals + 1).split(":");
      lines.add(new Line(text.substring(0, equals), siteAndRole[0], Role.of(siteAndRole[1])));
    }
    return new GroupRoles(lines);
  }

  /** Every site that is named. */
  Set<String> sites() {
    var sites = new TreeSet<String>();
    lines.forEach(line -> sites.add(line.site));
    return sites;
  }

  /** By site, the highest role that one of the groups gives. */
  Map<String, Role> of(Set<String> groups) {
    var siteToRole = new HashMap<String, Role>();
    for (Line line : lines) {
      if (groups.contains(line.group))
        siteToRole.merge(line.site, line.role, (a, b) -> a.covers(b) ? a : b);
    }
    return siteToRole;
  }
}
