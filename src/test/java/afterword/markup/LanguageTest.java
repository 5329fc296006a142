package afterword.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|I think this is quite wrong, but I cannot say why.",
        "de|Das finde ich sehr gut geschrieben, vielen Dank.",
        "fr|Merci beaucoup pour cet article",
        "es|muchas gracias por el artículo",
        "it|Non sono d'accordo con quello che scrivi",
        "ru|Спасибо за статью, очень интересно",
        "uk|Дякую за статтю, дуже цікаво",
        "ar|شكرا على المقال",
        "ja|これはいい記事ですね",
        "zh|这篇文章写得非常好谢谢作者",
        "pt|Muito obrigado pelo texto, gostei bastante",
      })
  void tells_the_language_of_a_sentence(String language, String text) {
    assertEquals(Optional.of(language), Language.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "lol", "+1", "12345 67890 12345", "👍👍👍👍👍👍👍👍👍👍👍👍"})
  void says_nothing_of_what_could_be_any_language(String text) {
    assertEquals(Optional.empty(), Language.of(text));
  }
}
