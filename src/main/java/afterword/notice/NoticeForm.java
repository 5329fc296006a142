package afterword.notice;

import afterword.http.Fields;
import afterword.markup.PlainText;
import afterword.model.EmailAddress;
import afterword.model.FieldError;
import afterword.model.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is typed into the form for notices, as sent. */
record NoticeForm(Map<String, String> typed) {
  private static final List<String> INPUTS =
      List.of("category", "law", "explanation", "name", "email", "goodFaith", "contact");

  static NoticeForm empty() {
    return new NoticeForm(Map.of());
  }

  String value(String input) {
    return typed.getOrDefault(input, "");
  }

  /** Fails with every wrong input. */
  Notice read() {
    var given = new HashMap<String, Object>();
    for (String input : INPUTS) given.put(input, value(input));
    var fields = new Fields(given);
    Category category = category(fields);
    Optional<String> law = line(fields, "law", Limits.TITLE);
    String explanation = explanation(fields, "explanation");
    Optional<String> name = line(fields, "name", Limits.NAME);
    Optional<String> email = email(fields);
    if (category.namesSender()) {
      if (name.isEmpty() && !fields.isWrong("name"))
        fields.wrong("name", "required", "Say who you are.");
      if (email.isEmpty() && !fields.isWrong("email"))
        fields.wrong("email", "required", "Say how you can be reached.");
    }
    if (!value("goodFaith").equals("yes"))
      fields.wrong("goodFaith", "required", "Confirm that you believe what you say to be true.");
    if (!value("contact").isEmpty())
      fields.wrong("contact", "trap", "Leave the last field empty and send it again.");
    fields.allow("goodFaith", "contact").finish();
    return new Notice(category, law, explanation, name, email);
  }

  private static Category category(Fields fields) {
    String word = fields.text("category", 32).orElse("");
    Optional<Category> category = Category.of(word);
    if (category.isEmpty() && !word.isEmpty())
      fields.wrong("category", "unknown", "Choose one of the list.");
    return category.orElse(Category.OTHER);
  }

  private static Optional<String> line(Fields fields, String name, int longest) {
    return fields
        .text(name, longest)
        .map(PlainText::title)
        .filter(text -> !PlainText.isBlank(text));
  }

  /** Of a notice or an appeal: several lines, which must be there. */
  static String explanation(Fields fields, String name) {
    String text = fields.text(name, Limits.EXPLANATION).map(PlainText::body).orElse("");
    if (PlainText.isBlank(text) && !fields.isWrong(name))
      fields.wrong(name, "required", "Say why.");
    return text;
  }

  private static Optional<String> email(Fields fields) {
    Optional<String> email =
        fields.text("email", Limits.EMAIL).map(String::strip).filter(text -> !text.isEmpty());
    if (email.isPresent() && !EmailAddress.isOne(email.get()))
      fields.wrong("email", "malformed", "That is not an e-mail address.");
    return email;
  }

  /** What is wrong with an input; empty where nothing is. */
  static Optional<String> wrongWith(String input, List<FieldError> errors) {
    return errors.stream()
        .filter(error -> error.pointer().equals("/" + input))
        .map(FieldError::detail)
        .findFirst();
  }

  /** What is not about an input that people see. */
  static List<FieldError> others(List<FieldError> errors) {
    return errors.stream()
        .filter(
            error ->
                error.pointer().equals("/contact")
                    || INPUTS.stream().noneMatch(input -> error.pointer().equals("/" + input)))
        .toList();
  }
}
