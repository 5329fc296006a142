package afterword.rules;

import static afterword.rules.Reason.BANNED;
import static afterword.rules.Reason.BLOCKED_WORD;
import static afterword.rules.Reason.DOUBT;
import static afterword.rules.Reason.DUPLICATE;
import static afterword.rules.Reason.FIRST_COMMENT;
import static afterword.rules.Reason.FLAGGED_AUTHOR;
import static afterword.rules.Reason.HELD_COMMENTER;
import static afterword.rules.Reason.LEARNED_SCORE;
import static afterword.rules.Reason.LINK_DOMAIN;
import static afterword.rules.Reason.NEAR_DUPLICATE;
import static afterword.rules.Reason.NEWCOMER;
import static afterword.rules.Reason.OFTEN_REJECTED;
import static afterword.rules.Reason.OLD_PAGE;
import static afterword.rules.Reason.OPEN;
import static afterword.rules.Reason.OUTSIDE_OPINION;
import static afterword.rules.Reason.PAGE_CLOSED;
import static afterword.rules.Reason.PAGE_TOO_OLD;
import static afterword.rules.Reason.SAME_ELSEWHERE;
import static afterword.rules.Reason.SHADOW_BANNED;
import static afterword.rules.Reason.SITE_HOLDS_ALL;
import static afterword.rules.Reason.STAFF_NAME;
import static afterword.rules.Reason.SUSPECT_WORD;
import static afterword.rules.Reason.TOO_FAST;
import static afterword.rules.Reason.TOO_LONG;
import static afterword.rules.Reason.TOO_MANY_LINKS;
import static afterword.rules.Reason.TRAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import afterword.model.Check;
import afterword.model.Mode;
import afterword.model.Opinion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule at its edges, on a site that publishes everything else at once. */
class RuleTablesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void says(String sentence, Cases cases, Class<? extends Verdict> kind, Reason reason) {
    Verdict verdict = cases.verdict();

    assertInstanceOf(kind, verdict, sentence);
    assertEquals(Set.of(reason), verdict.reasons(), sentence);
  }

  static Stream<Arguments> says() {
    return Stream.of(
        refused("a banned commenter", open().banned(Facts.Ban.OPEN), BANNED),
        swallowed("a commenter banned in silence", open().banned(Facts.Ban.SHADOW), SHADOW_BANNED),
        held("a commenter to be looked at", open().banned(Facts.Ban.HOLD), HELD_COMMENTER),
        refused("a page closed by hand", open().closed(), PAGE_CLOSED),
        refused(
            "an article of 30 days", open().set("closeAfterDays", 30).daysOld(30), PAGE_TOO_OLD),
        published("an article of 29 days", open().set("closeAfterDays", 30).daysOld(29)),
        published("an old article where none closes", open().daysOld(9_999)),
        refused(
            "a page that closes earlier than the site's",
            open().set("closeAfterDays", 30).pageSays(null, 10).daysOld(10),
            PAGE_TOO_OLD),
        published(
            "a page that never closes",
            open().set("closeAfterDays", 30).pageSays(null, 0).daysOld(99)),
        held("an old article", open().set("holdAfterDays", 14).daysOld(14), OLD_PAGE),
        published("a young article", open().set("holdAfterDays", 14).daysOld(13)),
        refused("a long text", open().set("maxLength", 5), TOO_LONG),
        swallowed("a filled trap", open().trapped(), TRAP),
        refused("the same again", open().repeated(), DUPLICATE),
        held("a text on another page", open().set("sameElsewhere", 2).elsewhere(2), SAME_ELSEWHERE),
        published("a text on one other page", open().set("sameElsewhere", 2).elsewhere(1)),
        published("a text on pages that nobody counts", open().elsewhere(50)),
        held("the fourth copy", open().set("nearDuplicates", 3).near(3), NEAR_DUPLICATE),
        published("the third copy", open().set("nearDuplicates", 3).near(2)),
        published("copies that nobody counts", open().near(50)),
        held("a blocked word", open().blocking("kind"), BLOCKED_WORD),
        published("a blocked word inside another", open().blocking("kin")),
        held("a blocked beginning", open().blocking("kin*"), BLOCKED_WORD),
        held("a suspect word", open().list("suspectWords", "kind"), SUSPECT_WORD),
        held("three links", open().links(3), TOO_MANY_LINKS),
        published("two links", open().links(2)),
        published(
            "three links, one to a friend",
            open()
                .list("allowedDomains", "a.example")
                .linking("b.example", "c.example", "www.a.example")),
        held(
            "a link to a blocked domain",
            open().list("blockedDomains", "bad.example").linking("bad.example"),
            LINK_DOMAIN),
        held(
            "a link below a blocked domain",
            open().list("blockedDomains", "bad.example").linking("a.b.bad.example"),
            LINK_DOMAIN),
        published(
            "a link to a domain that ends alike",
            open().list("blockedDomains", "bad.example").linking("notbad.example")),
        published(
            "a link to what a blocked domain is below",
            open().list("blockedDomains", "shop.bad.example").linking("bad.example")),
        held(
            "a blocked domain written by people",
            open().list("blockedDomains", "*.BÜCHER.example.").linking("xn--bcher-kva.example"),
            LINK_DOMAIN),
        held(
            "an author who lives at a blocked domain",
            open().list("blockedDomains", "bad.example").livingAt("me.bad.example"),
            LINK_DOMAIN),
        held("a name like staff", open().namedLikeStaff(), STAFF_NAME),
        refused(
            "a name like staff where it is refused",
            open().set("refuseStaffNames", true).namedLikeStaff(),
            STAFF_NAME),
        held(
            "half turned down",
            open().set("rejectedPercent", 50).approved(3).turnedDown(3),
            OFTEN_REJECTED),
        published(
            "less than half turned down",
            open().set("rejectedPercent", 50).approved(4).turnedDown(3)),
        published("two turned down", open().set("rejectedPercent", 50).turnedDown(2)),
        held("a reported author", open().set("flagsToHold", 3).flags(3), FLAGGED_AUTHOR),
        published("an author reported once", open().set("flagsToHold", 3).flags(2)),
        held("an opinion against", open().told("hook", Opinion.Says.HOLD), OUTSIDE_OPINION),
        held("an opinion of spam", open().told("akismet", Opinion.Says.SPAM), OUTSIDE_OPINION),
        held(
            "two opinions",
            open().told("akismet", Opinion.Says.FINE).told("hook", Opinion.Says.SPAM),
            OUTSIDE_OPINION),
        published("an opinion in favour", open().told("hook", Opinion.Says.FINE)),
        published("nobody's opinion", open().told("hook", Opinion.Says.ABSENT)),
        held("a high score", open().set("scoreToHold", 900).scoring(0.9), LEARNED_SCORE),
        published(
            "a high score of somebody who was published before",
            open().set("scoreToHold", 900).scoring(0.972).approved(1)),
        held(
            "a higher score, whoever it is",
            open().set("scoreToHold", 900).scoring(0.974).approved(9),
            LEARNED_SCORE),
        published("a lower score", open().set("scoreToHold", 900).scoring(0.8994)),
        published("a score where none counts", open().scoring(1)),
        held("a newcomer's middling score without a time", doubting(0.32).untimed(), DOUBT),
        published("a newcomer's low score without a time", doubting(0.3).untimed()),
        published("a newcomer's middling score", doubting(0.89)),
        held("a middling score without a time", doubting(0.48).approved(1).untimed(), DOUBT),
        published("a low score without a time", doubting(0.46).approved(1).untimed()),
        held("what was pasted", doubting(0.61).saying("x".repeat(200)).within(19_999), DOUBT),
        published("what was typed", doubting(0.61).saying("x".repeat(200)).within(20_000)),
        published("a word that was pasted", doubting(0.89).saying("x".repeat(39)).within(10)),
        held("a newcomer's copy with a link", doubting(0.48).copying(1).links(1), DOUBT),
        published("a newcomer's copy and a low score", doubting(0.46).copying(1).links(1)),
        published("a copy without a link", doubting(0.89).copying(1)),
        published(
            "a copy with a link to a friend",
            doubting(0.89).list("allowedDomains", "a.example").copying(1).links(1)),
        published(
            "somebody known who repeats others", doubting(0.89).approved(1).copying(9).links(1)),
        held(
            "a short text for the fourth time",
            doubting(0.32).set("nearDuplicates", 3).again(3),
            DOUBT),
        published(
            "a short text for the third time", doubting(0.89).set("nearDuplicates", 3).again(2)),
        published("thanks for the tenth time", doubting(0.1).set("nearDuplicates", 3).again(9)),
        published("repeats that nobody counts", doubting(0.89).again(9)),
        held("what is like spam", doubting(0.32).likeSpam(1), DOUBT),
        published("what is like spam a little", doubting(0.3).likeSpam(1)),
        held("headers that contradict", doubting(0.32).approved(9).contradictory(), DOUBT),
        published(
            "headers that contradict and a low score", doubting(0.3).approved(9).contradictory()),
        published(
            "whatever came in whatever way without a score",
            open().set("doubtToHold", 900).untimed().contradictory().likeSpam(9)),
        published(
            "doubts that nobody counts",
            open().scoring(0.89).untimed().contradictory().likeSpam(9)),
        held("three seconds", open().set("minSeconds", 4).within(3_999), TOO_FAST),
        published("four seconds", open().set("minSeconds", 4).within(4_000)),
        published("nobody knows how long", open().set("minSeconds", 4).within(0)),
        held("a first comment", open().set("holdFirst", 3), FIRST_COMMENT),
        held("a third comment", open().set("holdFirst", 3).approved(2), NEWCOMER),
        published("a fourth comment", open().set("holdFirst", 3).approved(3)),
        held("a page that holds all", open().pageSays(Mode.ALL, null).approved(9), SITE_HOLDS_ALL),
        held(
            "a prefix that holds all",
            open().approved(9).set("paths", path("mode", "all")),
            SITE_HOLDS_ALL),
        published(
            "a page that is open below a prefix that is not",
            open().approved(9).set("paths", path("mode", "all")).pageSays(Mode.OPEN, null)),
        refused("a closed prefix", open().set("paths", path("closed", true)), PAGE_CLOSED),
        published(
            "another prefix",
            open()
                .set(
                    "paths",
                    new JsonArray()
                        .add(new JsonObject().put("prefix", "2020/").put("closed", true)))),
        published(
            "the longer prefix",
            open()
                .set(
                    "paths",
                    path("closed", true)
                        .add(new JsonObject().put("prefix", "2019/a").put("closed", false)))),
        refused(
            "a prefix that closes by age",
            open().set("paths", path("closeAfterDays", 10)).daysOld(10),
            PAGE_TOO_OLD));
  }

  @Test
  void in_mode_trusted_a_hold_on_the_first_few_outlasts_trust() {
    Cases cases = Cases.in(Mode.TRUSTED).set("holdFirst", 3).approved(2);

    assertEquals(Set.of(NEWCOMER, Reason.SITE_HOLDS_NEWCOMERS), cases.verdict().reasons());
    assertEquals(Set.of(Reason.TRUSTED), cases.approved(3).verdict().reasons());
  }

  @Test
  void a_verdict_names_the_word_the_domain_and_what_the_score_is_made_of() {
    var hold =
        (Verdict.Hold)
            open()
                .blocking("kin*")
                .list("blockedDomains", "bad.example")
                .linking("www.bad.example")
                .set("scoreToHold", 500)
                .scoring(0.7, "kind", "word")
                .verdict();

    assertEquals("kin*", hold.found().get(BLOCKED_WORD));
    assertEquals("bad.example", hold.found().get(LINK_DOMAIN));
    assertEquals("kind, word", hold.found().get(LEARNED_SCORE));
  }

  @Test
  void a_verdict_names_what_was_odd() {
    var hold = (Verdict.Hold) doubting(0.5).links(1).untimed().contradictory().verdict();

    assertEquals("new, untimed, contradictory", hold.found().get(DOUBT));
  }

  @Test
  void a_doubt_holds_whomever_the_site_trusts() {
    Cases known = Cases.in(Mode.TRUSTED).approved(9).set("doubtToHold", 900);

    assertEquals(Set.of(DOUBT), known.scoring(0.8).likeSpam(1).verdict().reasons());
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void every_check_is_named_like_its_reason(Check check) {
    assertEquals(check.word(), Reason.valueOf(check.name()).code());
  }

  @Test
  void a_check_in_shadow_notes_what_it_would_have_held_and_publishes() {
    Ruling ruling = open().blocking("kind").links(3).inShadow(Check.BLOCKED_WORD).ruling();

    assertEquals(Set.of(TOO_MANY_LINKS), ruling.verdict().reasons());
    assertEquals(Set.of(BLOCKED_WORD), ruling.shadow());
  }

  private static Cases doubting(double score) {
    return open().set("doubtToHold", 900).scoring(score);
  }

  private static Cases open() {
    return Cases.in(Mode.OPEN);
  }

  private static JsonArray path(String name, Object value) {
    return new JsonArray().add(new JsonObject().put("prefix", "2019/").put(name, value));
  }

  private static Arguments held(String sentence, Cases cases, Reason reason) {
    return Arguments.of("holds " + sentence, cases, Verdict.Hold.class, reason);
  }

  private static Arguments refused(String sentence, Cases cases, Reason reason) {
    return Arguments.of("refuses " + sentence, cases, Verdict.Refuse.class, reason);
  }

  private static Arguments swallowed(String sentence, Cases cases, Reason reason) {
    return Arguments.of("swallows " + sentence, cases, Verdict.Swallow.class, reason);
  }

  private static Arguments published(String sentence, Cases cases) {
    return Arguments.of("publishes " + sentence, cases, Verdict.Publish.class, OPEN);
  }
}
