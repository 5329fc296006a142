package afterword.demo;

import afterword.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What there is to open once the demo serves.
 *
 * @param serviceUrl the very origin in the page's script tag
 * @param password null where the moderator has changed it
 */
public record Ready(
    String serviceUrl,
    String hostPageUrl,
    String adminUrl,
    String managementUrl,
    String site,
    String email,
    String password,
    String accessToken) {

  /** For scripts; never seen half-written, readable by its owner alone. */
  public void write(Path file) {
    Path fresh = Path.of(file + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, json().encodePrettily() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new ConfigException("The ready file " + file + " cannot be written");
    }
  }

  /** For people. */
  public String text(Path dataFolder, boolean ephemeral) {
    return """

      The demo runs.

        Article    %s
        Admin      %s
        E-mail     %s
        Password   %s

      Its data is in %s%s. Ctrl-C stops it.
      """
        .formatted(
            hostPageUrl,
            adminUrl,
            email,
            password == null
                ? "(no longer known here; afterword moderator password "
                    + email
                    + " makes a new one)"
                : password,
            dataFolder,
            ephemeral ? ", removed at the end" : " and is there again at the next start");
  }

  private JsonObject json() {
    return new JsonObject()
        .put("serviceUrl", serviceUrl)
        .put("hostPageUrl", hostPageUrl)
        .put("adminUrl", adminUrl)
        .put("managementUrl", managementUrl)
        .put("site", site)
        .put("moderator", new JsonObject().put("email", email).put("password", password))
        .put("accessToken", accessToken);
  }
}
