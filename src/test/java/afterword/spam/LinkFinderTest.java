package afterword.spam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkFinderTest {
  @ParameterizedTest
  @CsvSource({
    "see https://Example.org/a?b=c now,example.org,/a?b=c,false",
    "see www.example.museum,example.museum,,false",
    "buy at cheap-meds.example.com/x,cheap-meds.example.com,/x,true",
    "http://пример.рф/страница,пример.рф,/страница,false",
    "(http://a.example:8080/),a.example,/,false",
  })
  void finds_an_address_in_its_make(String text, String host, String rest, boolean bare) {
    List<FoundLink> found = LinkFinder.find(text);

    assertEquals(1, found.size(), found.toString());
    assertEquals(host, found.get(0).host());
    assertEquals(rest == null ? "" : rest, found.get(0).rest());
    assertEquals(bare, found.get(0).bare());
  }

  @ParameterizedTest
  @CsvSource({
    "It ends here.Then it begins",
    "about 3.5 or e.g. so",
    "mail ada@example.com",
    "v1.2.3"
  })
  void two_sentences_numbers_and_mail_are_no_address(String text) {
    assertEquals(List.of(), LinkFinder.find(text));
  }

  @Test
  void a_long_hostile_text_is_read_to_its_end() {
    String hostile = ("a.".repeat(5_000) + " http://" + "b-".repeat(5_000) + " ").repeat(3);

    assertTrue(LinkFinder.find(hostile + "http://end.example/").size() >= 1);
  }
}
