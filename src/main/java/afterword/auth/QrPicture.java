package afterword.auth;

import io.nayuki.qrcodegen.QrCode;
import io.vertx.core.json.JsonObject;

/** A text as a QR code, drawn by whoever shows it. */
final class QrPicture {
  private QrPicture() {}

  /** {@code {size, path}}: the path of the dark squares (SVG 2, 9.3) on a grid of size by size. */
  static JsonObject of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    var path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y))
          path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
      }
    }
    return new JsonObject().put("size", code.size).put("path", path.toString());
  }
}
