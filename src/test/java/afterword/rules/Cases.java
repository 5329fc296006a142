package afterword.rules;

import afterword.model.Mode;
import afterword.model.SiteSettings;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import java.util.List;
import java.util.Optional;

/** A harmless submission and harmless facts, to be spoilt one by one. */
final class Cases {
  Mode mode = Mode.OPEN;
  SiteSettings settings = SiteSettings.DEFAULTS;
  List<String> blockedWords = List.of();
  String text = "a kind word";
  String trap = "";
  int links;
  boolean pageOpen = true;
  Facts.Ban ban = Facts.Ban.NONE;
  int approved;
  boolean duplicate;

  Verdict verdict() {
    return Rules.decide(submission(), facts());
  }

  Submission submission() {
    var page = new PageReference("a.html", Optional.empty(), Optional.empty(), Optional.empty());
    return new Submission(
        page,
        Optional.empty(),
        "Ada",
        Optional.empty(),
        Optional.empty(),
        text,
        Optional.empty(),
        false,
        trap,
        0);
  }

  Facts facts() {
    return new Facts(
        settings, mode, WordList.of(blockedWords), text, links, pageOpen, ban, approved, duplicate);
  }

  static Cases in(Mode mode) {
    var cases = new Cases();
    cases.mode = mode;
    return cases;
  }

  Cases approved(int n) {
    approved = n;
    return this;
  }

  Cases banned(Facts.Ban by) {
    ban = by;
    return this;
  }

  Cases closed() {
    pageOpen = false;
    return this;
  }

  Cases trapped() {
    trap = "https://spam.example";
    return this;
  }

  Cases repeated() {
    duplicate = true;
    return this;
  }

  Cases links(int n) {
    links = n;
    return this;
  }

  Cases saying(String said) {
    text = said;
    return this;
  }

  Cases blocking(String... words) {
    blockedWords = List.of(words);
    return this;
  }
}
