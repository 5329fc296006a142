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
import static afterword.rules.Reason.OFTEN_REJECTED;
import static afterword.rules.Reason.OLD_PAGE;
import static afterword.rules.Reason.OPEN;
import static afterword.rules.Reason.OUTSIDE_OPINION;
import static afterword.rules.Reason.PAGE_CLOSED;
import static afterword.rules.Reason.SAME_ELSEWHERE;
import static afterword.rules.Reason.SHADOW_BANNED;
import static afterword.rules.Reason.SITE_HOLDS_ALL;
import static afterword.rules.Reason.SITE_HOLDS_NEWCOMERS;
import static afterword.rules.Reason.STAFF_NAME;
import static afterword.rules.Reason.TOO_LONG;
import static afterword.rules.Reason.TOO_MANY_LINKS;
import static afterword.rules.Reason.TRAP;
import static afterword.rules.Reason.TRUSTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import afterword.model.Limits;
import afterword.model.Mode;
import afterword.model.Opinion;
import afterword.model.Status;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void publishes_a_newcomer_at_once_where_the_site_is_open() {
    assertEquals(new Verdict.Publish(Set.of(OPEN)), Cases.in(Mode.OPEN).verdict());
  }

  @Test
  void holds_a_first_comment_where_the_site_trusts_people_one_by_one() {
    assertHeld(Cases.in(Mode.TRUSTED), FIRST_COMMENT, SITE_HOLDS_NEWCOMERS);
  }

  @Test
  void publishes_somebody_with_enough_approved_comments() {
    assertEquals(
        new Verdict.Publish(Set.of(TRUSTED)), Cases.in(Mode.TRUSTED).approved(1).verdict());
  }

  @Test
  void holds_everybody_where_the_site_holds_all() {
    assertHeld(Cases.in(Mode.ALL).approved(50), SITE_HOLDS_ALL);
    assertHeld(Cases.in(Mode.ALL), FIRST_COMMENT, SITE_HOLDS_ALL);
  }

  @Test
  void refuses_the_banned_and_swallows_the_shadow_banned() {
    assertEquals(new Verdict.Refuse(BANNED), Cases.in(Mode.OPEN).banned(Facts.Ban.OPEN).verdict());
    assertEquals(
        new Verdict.Swallow(SHADOW_BANNED, Status.REJECTED),
        Cases.in(Mode.OPEN).banned(Facts.Ban.SHADOW).verdict());
  }

  @Test
  void refuses_comments_on_a_closed_page() {
    assertEquals(new Verdict.Refuse(PAGE_CLOSED), Cases.in(Mode.OPEN).closed().verdict());
  }

  @Test
  void refuses_a_text_longer_than_the_site_allows_counted_in_code_points() {
    assertEquals(
        new Verdict.Refuse(TOO_LONG),
        Cases.in(Mode.OPEN).saying("🙂".repeat(Limits.TEXT + 1)).verdict());
    assertEquals(
        new Verdict.Publish(Set.of(OPEN)),
        Cases.in(Mode.OPEN).saying("🙂".repeat(Limits.TEXT)).verdict());
  }

  @Test
  void swallows_what_filled_the_field_that_people_do_not_see() {
    assertEquals(new Verdict.Swallow(TRAP, Status.SPAM), Cases.in(Mode.OPEN).trapped().verdict());
  }

  @Test
  void refuses_the_same_text_from_the_same_sender_even_if_trusted() {
    assertEquals(
        new Verdict.Refuse(DUPLICATE), Cases.in(Mode.TRUSTED).approved(9).repeated().verdict());
  }

  @Test
  void holds_a_third_link_from_a_newcomer_but_not_a_second() {
    assertHeld(Cases.in(Mode.OPEN).links(3), TOO_MANY_LINKS);
    assertEquals(new Verdict.Publish(Set.of(OPEN)), Cases.in(Mode.OPEN).links(2).verdict());
  }

  @Test
  void trust_skips_what_it_may_and_nothing_else() {
    var trusted = new Verdict.Publish(Set.of(TRUSTED));
    assertEquals(trusted, trustedOne().links(9).verdict());
    assertEquals(trusted, trustedOne().list("suspectWords", "kind").verdict());
    assertEquals(trusted, trustedOne().set("minSeconds", 5).within(10).verdict());

    assertHeld(trustedOne().blocking("kind"), BLOCKED_WORD);
    assertHeld(trustedOne().banned(Facts.Ban.HOLD), HELD_COMMENTER);
    assertHeld(trustedOne().list("blockedDomains", "a.example").links(1), LINK_DOMAIN);
    assertHeld(trustedOne().set("scoreToHold", 900).scoring(0.98), LEARNED_SCORE);
    assertHeld(trustedOne().told("hook", Opinion.Says.HOLD), OUTSIDE_OPINION);
    assertHeld(trustedOne().set("holdAfterDays", 14).daysOld(15), OLD_PAGE);
    assertHeld(trustedOne().namedLikeStaff(), STAFF_NAME);
    assertHeld(trustedOne().set("sameElsewhere", 2).elsewhere(2), SAME_ELSEWHERE);
    assertHeld(trustedOne().set("nearDuplicates", 3).near(3), NEAR_DUPLICATE);
    assertHeld(trustedOne().set("doubtToHold", 900).scoring(0.5).contradictory(), DOUBT);
    assertHeld(trustedOne().set("rejectedPercent", 50).turnedDown(3), OFTEN_REJECTED);
    assertHeld(trustedOne().set("flagsToHold", 3).flags(3), FLAGGED_AUTHOR);
  }

  /** Whoever adds a rule decides whether trust skips it, and adds it above. */
  @Test
  void no_more_stands_below_trust() {
    List<String> names = Rules.TABLE.stream().map(r -> r.getClass().getSimpleName()).toList();

    assertEquals(
        List.of("SuspectWord", "TooManyLinks", "TooFast", "Newcomer", "SiteMode"),
        names.subList(names.indexOf("Trusted") + 1, names.size()));
  }

  @Test
  void trust_counts_only_where_the_site_trusts_people() {
    assertHeld(
        Cases.in(Mode.OPEN).approved(1).links(9).blocking("kind"), BLOCKED_WORD, TOO_MANY_LINKS);
  }

  private static Cases trustedOne() {
    return Cases.in(Mode.TRUSTED).approved(1);
  }

  @Test
  void collects_every_reason_to_hold() {
    assertHeld(
        Cases.in(Mode.TRUSTED).links(3).blocking("kind"),
        BLOCKED_WORD,
        TOO_MANY_LINKS,
        FIRST_COMMENT,
        SITE_HOLDS_NEWCOMERS);
  }

  @Test
  void a_ban_comes_before_everything_and_a_closed_page_before_a_trap() {
    assertEquals(
        new Verdict.Refuse(BANNED),
        Cases.in(Mode.OPEN).banned(Facts.Ban.OPEN).closed().trapped().verdict());
    assertEquals(new Verdict.Refuse(PAGE_CLOSED), Cases.in(Mode.OPEN).closed().trapped().verdict());
  }

  private static void assertHeld(Cases cases, Reason... reasons) {
    Verdict verdict = cases.verdict();
    assertInstanceOf(Verdict.Hold.class, verdict);
    assertEquals(Set.of(reasons), verdict.reasons());
  }
}
