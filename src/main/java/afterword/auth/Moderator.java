package afterword.auth;

import afterword.model.FailureException;
import afterword.model.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A signed-in person with what they may do at this moment.
 *
 * @param operator may create sites; gives no role on any
 * @param roles by site id
 */
public record Moderator(
    long id, String email, String name, boolean operator, Map<Integer, Role> roles) {
  public Moderator {
    roles = Map.copyOf(roles);
  }

  public Optional<Role> roleOn(int site) {
    return Optional.ofNullable(roles.get(site));
  }

  /** The sites on which this moderator may do what the role may. */
  public Set<Integer> sites(Role needed) {
    var sites = new TreeSet<Integer>();
    roles.forEach(
        (site, role) -> {
          if (role.covers(needed)) sites.add(site);
        });
    return sites;
  }

  /**
   * Throws "not found" on a site that is none of this moderator's, as if it were not there, and
   * "forbidden" where the role is not enough.
   */
  public void require(int site, Role needed) {
    Role role = roles.get(site);
    if (role == null) throw FailureException.notFound("There is nothing here, or it is not yours.");
    if (!role.covers(needed)) {
      throw FailureException.refused(
          Problem.FORBIDDEN,
          "Your role on this site is " + role.word() + "; this needs " + needed.word() + ".");
    }
  }

  /** How the outside names this person. */
  public String publicId() {
    return "m" + Long.toString(id, 36);
  }

  /** How audit rows and decisions name this person. */
  public String actor() {
    return "moderator:" + id;
  }
}
