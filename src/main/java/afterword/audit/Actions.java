package afterword.audit;

import java.util.Set;

/** Every action that the audit log knows. The record on the admin page has words for each. */
public final class Actions {
  public static final Set<String> ALL =
      Set.of(
          // of comments
          "post",
          "edit",
          "withdraw",
          "approve",
          "reject",
          "spam",
          "delete",
          "hold",
          "restore",
          "undo",
          "reply",
          "mark",
          "erase",
          "forget",
          "notice",
          "appeal",
          // of people
          "ban",
          "lift",
          "sign-in",
          "sign-in-failed",
          "sign-out",
          "session-ended",
          "password-set",
          "totp-added",
          "totp-removed",
          "passkey-added",
          "passkey-removed",
          "token-added",
          "token-revoked",
          "identity-linked",
          "moderator-added",
          "moderator-disabled",
          "moderator-enabled",
          "role-set",
          "role-removed",
          "invited",
          "invitation-accepted",
          "invitation-withdrawn",
          // of sites
          "site-changed",
          "page-changed",
          "page-merge",
          "page-move",
          "webhook-added",
          "webhook-changed",
          "webhook-removed",
          "webhook-secret-changed",
          "webhook-redelivered");

  private Actions() {}
}
