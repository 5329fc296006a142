package afterword.notice;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a comment is said to be against the law for. */
enum Category {
  HATE("Hatred, threats or calls for violence"),
  DEFAMATION("Insult or defamation"),
  PRIVACY("Private information or pictures"),
  COPYRIGHT("Copyright or trade mark"),
  FRAUD("Fraud, or goods that must not be sold"),
  /** Offences of Directive 2011/93/EU: whoever reports them need not say who they are. */
  CHILD_ABUSE("Sexual abuse of children (you need not say who you are)"),
  OTHER("Something else");

  private final String label;

  Category(String label) {
    this.label = label;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String label() {
    return label;
  }

  /** Article 16 (2) (c) of Regulation (EU) 2022/2065. */
  boolean namesSender() {
    return this != CHILD_ABUSE;
  }

  static Optional<Category> of(String word) {
    return Arrays.stream(values()).filter(category -> category.word().equals(word)).findFirst();
  }

  static Map<String, String> wordToLabel() {
    var labels = new LinkedHashMap<String, String>();
    labels.put("", "Not said");
    for (Category category : values()) labels.put(category.word(), category.label);
    return labels;
  }
}
