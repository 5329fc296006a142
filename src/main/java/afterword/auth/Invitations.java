package afterword.auth;

import afterword.audit.AuditEntry;
import afterword.audit.AuditStore;
import afterword.db.Database;
import afterword.keys.Keys;
import afterword.keys.Keys.Purpose;
import afterword.keys.Renewal;
import afterword.model.FailureException;
import afterword.model.FieldError;
import afterword.model.PublicId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a team grows without a command line: an owner makes a link, whoever opens it first gets the
 * role. A token is the site's number and 256 random bits.
 */
final class Invitations {
  /** The link's token, to be shown once. */
  record Made(PublicId id, String token) {}

  /** Who accepts; name and password are those of the account, new or there already. */
  record Guest(String email, String name, String password, Optional<String> code) {}

  private final Database database;
  private final InvitationStore invitations;
  private final ModeratorStore moderators;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final AuditStore audit;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random;

  Invitations(
      Database database,
      InvitationStore invitations,
      ModeratorStore moderators,
      Passwords passwords,
      SecondFactor secondFactor,
      AuditStore audit,
      Keys keys,
      Clock clock,
      SecureRandom random) {
    this.database = database;
    this.invitations = invitations;
    this.moderators = moderators;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.audit = audit;
    this.keys = keys;
    this.clock = clock;
    this.random = random;
  }

  /** The number of a site on which the moderator is owner; fails as {@link Moderator#require}. */
  Future<Integer> ownedSite(Moderator moderator, String key) {
    return database
        .readCurrent(client -> moderators.site(client, key))
        .map(
            site -> {
              int id = site.orElseThrow(Invitations::noSite);
              moderator.require(id, Role.OWNER);
              return id;
            });
  }

  Future<List<InvitationStore.Invitation>> list(int site) {
    return database.readCurrent(client -> invitations.list(client, site, clock.instant()));
  }

  Future<Made> make(
      Moderator owner, int site, Role role, Optional<String> email, Duration lifetime) {
    String token = Integer.toString(site, 36) + "." + SecretToken.generate(random);
    var now = clock.instant();
    return database.write(
        tx ->
            invitations
                .add(tx, site, hash(token), role, email, owner.id(), now, now.plus(lifetime))
                .compose(
                    id ->
                        note(tx, site, owner.actor(), "invited", id, role)
                            .map(new Made(new PublicId(site, id), token))));
  }

  Future<Void> withdraw(Moderator owner, PublicId id) {
    owner.require(id.site(), Role.OWNER);
    return database.write(
        tx ->
            invitations
                .withdraw(tx, id.site(), id.row(), clock.instant())
                .compose(
                    withdrawn ->
                        withdrawn
                            ? note(
                                tx,
                                id.site(),
                                owner.actor(),
                                "invitation-withdrawn",
                                id.row(),
                                null)
                            : Future.failedFuture(noLonger())));
  }

  /** What a link offers; fails where it was accepted, withdrawn, is over, or never was. */
  Future<InvitationStore.Invitation> look(String token) {
    return database
        .readCurrent(
            client ->
                Renewal.of(client, InvitationStore.RENEW, keys.hashes(Purpose.INVITATION, token))
                    .compose(
                        renewed ->
                            invitations.find(client, siteOf(token), hash(token), clock.instant())))
        .map(found -> found.orElseThrow(Invitations::noLonger));
  }

  /**
   * Gives the role to the account with this e-mail address, whose password (and code) must be
   * right, or to a new one.
   */
  Future<Void> accept(String token, Guest guest) {
    return look(token)
        .compose(offered -> requireMeant(offered, guest))
        .compose(meant -> database.readCurrent(c -> moderators.account(c, guest.email())))
        .compose(
            account ->
                account.isPresent()
                    ? acceptAs(token, guest, account.get())
                    : acceptAnew(token, guest));
  }

  private static Future<Void> requireMeant(InvitationStore.Invitation offered, Guest guest) {
    return offered.email().filter(email -> !email.equalsIgnoreCase(guest.email())).isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(
            wrong("/email", "other-address", "This invitation is for another e-mail address."));
  }

  private Future<Void> acceptAs(String token, Guest guest, ModeratorStore.Account account) {
    return passwords
        .matches(guest.password(), account.passwordHash())
        .compose(
            right ->
                right && account.enabled()
                    ? database.write(
                        tx ->
                            secondFactor
                                .require(tx, account.id(), guest.code())
                                .compose(passed -> give(tx, token, account.id())))
                    : Future.failedFuture(
                        wrong(
                            "/password",
                            "wrong",
                            "There is an account with this address already. Enter its password.")));
  }

  private Future<Void> acceptAnew(String token, Guest guest) {
    List<FieldError> errors =
        Moderators.wrong(guest.email(), guest.name(), Optional.of(guest.password()));
    if (!errors.isEmpty()) return Future.failedFuture(FailureException.invalid(errors));
    return passwords
        .hash(guest.password())
        .compose(
            hash ->
                database.write(
                    tx ->
                        moderators
                            .add(tx, guest.email(), guest.name(), hash, false, clock.instant())
                            .map(id -> id.orElseThrow(Invitations::noLonger))
                            .compose(id -> give(tx, token, id))));
  }

  private Future<Void> give(SqlConnection tx, String token, long moderator) {
    return invitations
        .lock(tx, siteOf(token), hash(token), clock.instant())
        .map(found -> found.orElseThrow(Invitations::noLonger))
        .compose(
            offered ->
                moderators
                    .setRole(tx, offered.site(), moderator, offered.role())
                    .compose(
                        set ->
                            invitations.accept(
                                tx, offered.site(), offered.id(), moderator, clock.instant()))
                    .compose(
                        accepted ->
                            note(
                                tx,
                                offered.site(),
                                "moderator:" + moderator,
                                "invitation-accepted",
                                offered.id(),
                                offered.role())));
  }

  /** 0, which is no site, where the token is none of ours. */
  private static int siteOf(String token) {
    String site = token.contains(".") ? token.substring(0, token.indexOf('.')) : "";
    return site.matches("[0-9a-z]{1,5}") ? Integer.parseInt(site, 36) : 0;
  }

  private byte[] hash(String token) {
    return keys.hash(Purpose.INVITATION, token);
  }

  private Future<Void> note(
      SqlConnection tx, int site, String actor, String action, long id, Role role) {
    var entry = new AuditEntry(site, clock.instant(), actor, action, "invitation:" + id);
    return audit.append(tx, entry.because(role == null ? null : role.word()));
  }

  private static FailureException wrong(String pointer, String code, String detail) {
    return FailureException.invalid(List.of(new FieldError(pointer, code, detail)));
  }

  private static FailureException noSite() {
    return FailureException.notFound("There is nothing here, or it is not yours.");
  }

  private static FailureException noLonger() {
    return FailureException.notFound(
        "This invitation was used already, withdrawn, or is too old. Ask for another one.");
  }
}
