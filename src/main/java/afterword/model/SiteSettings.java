package afterword.model;

import java.util.List;

/**
 * What an owner may change about a site without a restart.
 *
 * @param mode see {@link Mode}
 * @param trustedAfter approved comments after which a commenter is trusted in mode "trusted"
 * @param maxLinks more links than this hold a comment
 * @param blockedWords words that hold a comment; lower case, "*" at an end stands for any letters
 * @param requireName whether a name must be given
 * @param maxLength of a comment's text, in code points; at most {@link Limits#TEXT}
 * @param maxDepth replies deeper than this are attached at this depth
 * @param editWindowSeconds how long an author may edit
 * @param writeBurst writes that an address or a commenter may make at once
 * @param writeEverySeconds then one write per so many seconds
 * @param pagePerMinute writes a page takes per minute
 * @param checks the other checks
 * @param rejectTemplates what moderators say by one key when they reject; none for the usual ones
 * @param retention how long is kept what nobody reads any more
 */
public record SiteSettings(
    Mode mode,
    int trustedAfter,
    int maxLinks,
    List<String> blockedWords,
    boolean requireName,
    int maxLength,
    int maxDepth,
    int editWindowSeconds,
    int writeBurst,
    int writeEverySeconds,
    int pagePerMinute,
    Checks checks,
    List<String> rejectTemplates,
    Retention retention) {

  public static final SiteSettings DEFAULTS =
      new SiteSettings(
          Mode.TRUSTED, 1, 2, List.of(), true, Limits.TEXT, 6, 900, 10, 10, 60, Checks.DEFAULTS);

  public SiteSettings {
    blockedWords = List.copyOf(blockedWords);
    rejectTemplates = List.copyOf(rejectTemplates);
  }

  /** With the usual templates, and everything kept. */
  public SiteSettings(
      Mode mode,
      int trustedAfter,
      int maxLinks,
      List<String> blockedWords,
      boolean requireName,
      int maxLength,
      int maxDepth,
      int editWindowSeconds,
      int writeBurst,
      int writeEverySeconds,
      int pagePerMinute,
      Checks checks) {
    this(
        mode,
        trustedAfter,
        maxLinks,
        blockedWords,
        requireName,
        maxLength,
        maxDepth,
        editWindowSeconds,
        writeBurst,
        writeEverySeconds,
        pagePerMinute,
        checks,
        List.of(),
        Retention.FOREVER);
  }

  /** With the basic checks alone. */
  public SiteSettings(
      Mode mode,
      int trustedAfter,
      int maxLinks,
      List<String> blockedWords,
      boolean requireName,
      int maxLength,
      int maxDepth,
      int editWindowSeconds,
      int writeBurst,
      int writeEverySeconds,
      int pagePerMinute) {
    this(
        mode,
        trustedAfter,
        maxLinks,
        blockedWords,
        requireName,
        maxLength,
        maxDepth,
        editWindowSeconds,
        writeBurst,
        writeEverySeconds,
        pagePerMinute,
        Checks.OFF);
  }

  public SiteSettings with(Mode other) {
    return with(other, blockedWords);
  }

  public SiteSettings with(Checks other) {
    return new SiteSettings(
        mode,
        trustedAfter,
        maxLinks,
        blockedWords,
        requireName,
        maxLength,
        maxDepth,
        editWindowSeconds,
        writeBurst,
        writeEverySeconds,
        pagePerMinute,
        other,
        rejectTemplates,
        retention);
  }

  public SiteSettings with(Mode otherMode, List<String> otherBlockedWords) {
    return new SiteSettings(
        otherMode,
        trustedAfter,
        maxLinks,
        otherBlockedWords,
        requireName,
        maxLength,
        maxDepth,
        editWindowSeconds,
        writeBurst,
        writeEverySeconds,
        pagePerMinute,
        checks,
        rejectTemplates,
        retention);
  }
}
