package afterword.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.keys.Keys;
import afterword.model.PublicId;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  @Test
  void opens_for_good_whatever_becomes_of_the_secret() {
    var keys = new Keys("a secret of this installation");
    byte[] stored = Receipt.tokenHash(keys, 1, "a key");
    String token = Receipt.of(new PublicId(1, 2), keys, "a key", stored).token();

    keys.use("another secret, and the former one is given up");

    assertTrue(Receipt.opens(token, stored));
    assertFalse(Receipt.opens(token + "x", stored));
    assertFalse(Receipt.opens("", stored));
  }

  @Test
  void the_appeal_survives_that_its_receipt_cannot_be_read() {
    var receipt = new Receipt(new PublicId(1, 2), "secret");

    Document page =
        Jsoup.parse(ReceiptPage.unread(receipt, "<b>Typed</b>", "Try again in 2 seconds."));

    assertEquals("<b>Typed</b>", page.selectFirst("textarea").wholeText().strip());
    assertEquals("secret", page.selectFirst("input[name=token]").attr("value"));
    assertEquals("/notices/" + receipt.number(), page.selectFirst("form").attr("action"));
    assertTrue(page.text().contains("Try again in 2 seconds."));
  }
}
