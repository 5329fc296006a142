package afterword.auth;

/** Somebody with a role on a site. */
public record Member(long id, String email, String name, Role role) {
  public String publicId() {
    return "m" + Long.toString(id, 36);
  }
}
