package afterword.rules;

import afterword.model.Check;
import afterword.model.Mode;
import afterword.model.Opinion;
import afterword.model.PagePolicy;
import afterword.model.Score;
import afterword.model.SiteSettings;
import afterword.model.Submission;
import afterword.model.Submission.PageReference;
import afterword.site.SettingsJson;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A harmless submission and harmless facts, to be spoilt one by one. */
final class Cases {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final Mode mode;
  SiteSettings settings =
      new SiteSettings(
          Mode.TRUSTED, 1, 2, List.of(), true, 10_000, 6, 900, 10, 10, 60); // no other checks
  String text = "a kind word";
  String trap = "";
  long elapsedMs;
  List<String> linkHosts = List.of();
  String authorHost;
  PagePolicy.Own page = PagePolicy.Own.NOTHING;
  Duration age = Duration.ZERO;
  Facts.Ban ban = Facts.Ban.NONE;
  int approved;
  int turnedDown;
  int flags;
  boolean staffName;
  boolean duplicate;
  int sameElsewhere;
  int near;
  int again;
  int likeSpam;
  int copied;
  boolean untimed;
  boolean contradictory;
  Score score;
  final List<Opinion> opinions = new ArrayList<>();

  private Cases(Mode mode) {
    this.mode = mode;
    set("mode", mode.word());
  }

  static Cases in(Mode mode) {
    return new Cases(mode);
  }

  Verdict verdict() {
    return ruling().verdict();
  }

  Ruling ruling() {
    return Rules.judge(submission(), facts());
  }

  Submission submission() {
    var page =
        new PageReference("2019/a.html", Optional.empty(), Optional.empty(), Optional.empty());
    return new Submission(
        page,
        Optional.empty(),
        "Ada",
        Optional.empty(),
        Optional.empty(),
        text,
        Optional.empty(),
        trap,
        elapsedMs,
        Optional.empty());
  }

  Facts facts() {
    return new Facts(
        settings,
        PagePolicy.of(settings, "2019/a.html", page, Optional.of(NOW.minus(age)), NOW),
        Lists.of(settings),
        text,
        linkHosts,
        Optional.ofNullable(authorHost),
        new Facts.Author(ban, approved, turnedDown, flags, staffName),
        new Facts.Repeats(duplicate, sameElsewhere, near, again, likeSpam, copied),
        new Facts.Manner(untimed, contradictory),
        Optional.ofNullable(score),
        opinions);
  }

  /** A setting, as it is stored. */
  Cases set(String name, Object value) {
    settings = SettingsJson.read(SettingsJson.write(settings).put(name, value));
    return this;
  }

  Cases list(String name, String... values) {
    return set(name, (Object) new JsonArray(Arrays.asList(values)));
  }

  Cases inShadow(Check... checks) {
    return list("shadow", Arrays.stream(checks).map(Check::word).toArray(String[]::new));
  }

  Cases approved(int n) {
    approved = n;
    return this;
  }

  Cases turnedDown(int n) {
    turnedDown = n;
    return this;
  }

  Cases flags(int n) {
    flags = n;
    return this;
  }

  Cases namedLikeStaff() {
    staffName = true;
    return this;
  }

  Cases banned(Facts.Ban by) {
    ban = by;
    return this;
  }

  Cases closed() {
    page = new PagePolicy.Own(true, Optional.empty(), Optional.empty());
    return this;
  }

  Cases pageSays(Mode mode, Integer closeAfterDays) {
    page =
        new PagePolicy.Own(false, Optional.ofNullable(mode), Optional.ofNullable(closeAfterDays));
    return this;
  }

  Cases daysOld(int days) {
    age = Duration.ofDays(days);
    return this;
  }

  Cases trapped() {
    trap = "https://spam.example";
    return this;
  }

  Cases within(long millis) {
    elapsedMs = millis;
    return this;
  }

  Cases repeated() {
    duplicate = true;
    return this;
  }

  Cases elsewhere(int n) {
    sameElsewhere = n;
    return this;
  }

  Cases near(int n) {
    near = n;
    return this;
  }

  Cases again(int n) {
    again = n;
    return this;
  }

  Cases likeSpam(int n) {
    likeSpam = n;
    return this;
  }

  Cases copying(int n) {
    copied = n;
    return this;
  }

  Cases untimed() {
    untimed = true;
    return this;
  }

  Cases contradictory() {
    contradictory = true;
    return this;
  }

  Cases links(int n) {
    return linking("a.example".repeat(1).concat(" ").repeat(n).strip().split(" "));
  }

  Cases linking(String... hosts) {
    linkHosts = Arrays.stream(hosts).filter(host -> !host.isEmpty()).toList();
    return this;
  }

  Cases livingAt(String host) {
    authorHost = host;
    return this;
  }

  Cases scoring(double spam, String... because) {
    score = new Score(spam, List.of(because), 1);
    return this;
  }

  Cases told(String source, Opinion.Says says) {
    opinions.add(new Opinion(source, says, List.of()));
    return this;
  }

  Cases saying(String said) {
    text = said;
    return this;
  }

  Cases blocking(String... words) {
    return list("blockedWords", words);
  }
}
