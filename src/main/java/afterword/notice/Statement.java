package afterword.notice;

import afterword.http.Fields;
import afterword.markup.PlainText;
import afterword.model.Limits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a decision was made: Article 17 of Regulation (EU) 2022/2065.
 *
 * @param reference which law or which of the site's terms; empty where nothing is against one
 * @param automated whether a machine found or decided it
 */
public record Statement(
    String facts, Ground ground, Optional<String> reference, boolean automated) {
  /** What the comment is against. */
  public enum Ground {
    LAW,
    TERMS,
    NONE,
    /** It had been withdrawn or erased before anybody decided. */
    GONE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Ground> of(String word) {
      return Arrays.stream(values()).filter(ground -> ground.word().equals(word)).findFirst();
    }
  }

  /**
   * Notes in the fields what is wrong.
   *
   * @param removes whether the comment goes: then it is against something
   * @param deletes whether it is, or stays, deleted: then it may have been gone before
   */
  public static Statement read(Fields fields, boolean removes, boolean deletes) {
    String facts = NoticeForm.explanation(fields, "facts");
    String word = fields.requiredText("ground", 16);
    Optional<Ground> ground = Ground.of(word);
    if (ground.isEmpty() && !word.isEmpty())
      fields.wrong("ground", "unknown", "Send \"law\", \"terms\", \"gone\" or \"none\".");
    if (removes && ground.equals(Optional.of(Ground.NONE)))
      fields.wrong("ground", "required", "Say what the comment is against.");
    if (removes && !deletes && ground.equals(Optional.of(Ground.GONE)))
      fields.wrong("ground", "contradicts", "What is gone already stays deleted.");
    if (!removes && ground.isPresent() && ground.get() != Ground.NONE)
      fields.wrong("ground", "contradicts", "What is against something cannot stay.");
    Optional<String> reference =
        fields
            .text("reference", Limits.TITLE)
            .map(PlainText::title)
            .filter(text -> !PlainText.isBlank(text));
    boolean automated = fields.flag("automated").orElse(false);
    return new Statement(facts, ground.orElse(Ground.NONE), reference, automated);
  }
}
