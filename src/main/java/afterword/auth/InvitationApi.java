package afterword.auth;

import afterword.http.ClientAddress;
import afterword.http.Fields;
import afterword.http.JsonBody;
import afterword.http.Query;
import afterword.model.FailureException;
import afterword.model.Limits;
import afterword.model.PublicId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** {@code /api/v1/admin/invitations}: made by owners, accepted by whoever has the link. */
public final class InvitationApi {
  private static final int TOKEN = 60;
  private static final int SITE_KEY = 63;
  private static final int CODE = 32;
  private static final long DAYS = 7;
  private static final int LONGEST_DAYS = 30;

  private final Invitations invitations;
  private final SameOrigin sameOrigin;
  private final SignInThrottle throttle;
  private final ClientAddress clientAddress;
  private final String publicBaseUrl;

  InvitationApi(
      Invitations invitations,
      SameOrigin sameOrigin,
      SignInThrottle throttle,
      ClientAddress clientAddress,
      String publicBaseUrl) {
    this.invitations = invitations;
    this.sameOrigin = sameOrigin;
    this.throttle = throttle;
    this.clientAddress = clientAddress;
    this.publicBaseUrl = publicBaseUrl;
  }

  /** {@code GET ?site}: those that can still be accepted. */
  public void list(RoutingContext ctx) {
    invitations
        .ownedSite(Guard.moderator(ctx), Query.required(ctx, "site"))
        .compose(invitations::list)
        .onSuccess(
            found -> {
              var list = new JsonArray();
              found.forEach(one -> list.add(json(one).put("id", id(one))));
              Answers.send(ctx, new JsonObject().put("invitations", list));
            })
        .onFailure(ctx::fail);
  }

  private static String id(InvitationStore.Invitation invitation) {
    return new PublicId(invitation.site(), invitation.id()).toString();
  }

  private static JsonObject json(InvitationStore.Invitation invitation) {
    return new JsonObject()
        .put("site", invitation.siteKey())
        .put("siteName", invitation.siteName())
        .put("role", invitation.role().word())
        .put("email", invitation.email().orElse(null))
        .put("invitedBy", invitation.invitedBy())
        .put("expiresAt", invitation.expiresAt().toString());
  }

  /** {@code POST}: the link is in this answer alone. */
  public void make(RoutingContext ctx) {
    Fields fields = JsonBody.of(ctx);
    String site = fields.requiredText("site", SITE_KEY);
    Optional<Role> role = role(fields);
    Optional<String> email = fields.text("email", Limits.EMAIL).filter(text -> !text.isBlank());
    long days = fields.integer("days", 1, LONGEST_DAYS).orElse(DAYS);
    fields.finish();
    Moderator owner = Guard.moderator(ctx);
    invitations
        .ownedSite(owner, site)
        .compose(
            id -> invitations.make(owner, id, role.orElseThrow(), email, Duration.ofDays(days)))
        .onSuccess(
            made ->
                Answers.made(
                    ctx,
                    new JsonObject()
                        .put("id", made.id().toString())
                        .put("url", publicBaseUrl + "/admin#invitation=" + made.token())))
        .onFailure(ctx::fail);
  }

  private static Optional<Role> role(Fields fields) {
    String word = fields.requiredText("role", 20);
    Optional<Role> role =
        Arrays.stream(Role.values()).filter(one -> one.word().equals(word)).findFirst();
    if (role.isEmpty() && !fields.isWrong("role"))
      fields.wrong("role", "unknown", "Choose owner, moderator or viewer.");
    return role;
  }

  /** {@code DELETE invitations/{id}} */
  public void withdraw(RoutingContext ctx) {
    PublicId id =
        PublicId.parse(ctx.pathParam("id"))
            .orElseThrow(() -> FailureException.notFound("There is no such invitation."));
    invitations
        .withdraw(Guard.moderator(ctx), id)
        .onSuccess(withdrawn -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  /** {@code POST invitations/preview}: for whoever has the link, so it stands before the guard. */
  public void preview(RoutingContext ctx) {
    sameOrigin.check(ctx.request());
    Fields fields = JsonBody.of(ctx);
    String token = fields.requiredText("token", TOKEN);
    fields.finish();
    throttle.attempt(address(ctx));
    invitations.look(token).onSuccess(found -> Answers.send(ctx, json(found))).onFailure(ctx::fail);
  }

  /** {@code POST invitations/accept}: likewise. Signs nobody in. */
  public void accept(RoutingContext ctx) {
    sameOrigin.check(ctx.request());
    Fields fields = JsonBody.of(ctx);
    String token = fields.requiredText("token", TOKEN);
    String email = fields.requiredText("email", Limits.EMAIL).strip();
    String name = fields.text("name", Limits.NAME).orElse("").strip();
    String password = fields.requiredText("password", PasswordPolicy.MOST);
    Optional<String> code = fields.text("code", CODE).filter(text -> !text.isBlank());
    fields.finish();
    throttle.attempt(address(ctx), email);
    invitations
        .accept(token, new Invitations.Guest(email, name, password, code))
        .onSuccess(accepted -> Answers.done(ctx))
        .onFailure(ctx::fail);
  }

  private String address(RoutingContext ctx) {
    return HexFormat.of().formatHex(clientAddress.rangeOf(ctx));
  }
}
