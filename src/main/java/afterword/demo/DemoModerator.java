package afterword.demo;

import afterword.auth.Moderators;
import afterword.auth.Role;
import afterword.auth.Scope;
import afterword.config.DataFolder;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** The blog's author, with a password and an access token that were made for the demo and kept. */
final class DemoModerator {
  static final String EMAIL = "anna@example.org";

  private static final String NAME = "Anna Brandt";
  private static final String PASSWORD_FILE = "demo-password";
  private static final String TOKEN_FILE = "demo-access-token";

  private final Moderators moderators;
  private final DataFolder folder;

  DemoModerator(Moderators moderators, DataFolder folder) {
    this.moderators = moderators;
    this.folder = folder;
  }

  /** Gives the password, as far as it is known. */
  Future<Optional<String>> password() {
    return moderators
        .exists(EMAIL)
        .compose(exists -> exists ? Future.succeededFuture() : add())
        .map(done -> folder.find(PASSWORD_FILE));
  }

  Future<String> accessToken() {
    Optional<String> kept = folder.find(TOKEN_FILE);
    if (kept.isPresent()) return Future.succeededFuture(kept.get());
    return moderators
        .issueToken(EMAIL, "demo", EnumSet.allOf(Scope.class), Optional.empty())
        .onSuccess(token -> folder.write(TOKEN_FILE, token));
  }

  private Future<Void> add() {
    return moderators
        .add("command", EMAIL, NAME, Optional.empty(), Map.of(DemoSite.KEY, Role.OWNER), true)
        .map(added -> added.generatedPassword().orElseThrow())
        .onSuccess(password -> folder.write(PASSWORD_FILE, password))
        .mapEmpty();
  }
}
