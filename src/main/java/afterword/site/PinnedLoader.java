package afterword.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The widget's loader at an address whose bytes never change, for pages that name the bytes they
 * run. A release adds a file and leaves the others; what such a loader loads is today's.
 */
public final class PinnedLoader {
  /** Of the newest. */
  public static final String VERSION = "0.1.0";

  private PinnedLoader() {}

  /** The tag with {@code integrity} for a site's pages. */
  public static String snippet(String publicBaseUrl, String site) {
    return "<script async src=\""
        + publicBaseUrl
        + "/embed/v1/"
        + VERSION
        + ".js\" data-site=\""
        + site
        + "\" integrity=\""
        + integrity(VERSION)
        + "\" crossorigin=\"anonymous\"></script>";
  }

  /** As a browser compares it (Subresource Integrity). */
  public static String integrity(String version) {
    try (InputStream in =
        PinnedLoader.class.getResourceAsStream("/web/widget/v1/" + version + ".js")) {
      byte[] hash = MessageDigest.getInstance("SHA-384").digest(in.readAllBytes());
      return "sha384-" + Base64.getEncoder().encodeToString(hash);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
