package afterword.ratelimit;

import afterword.model.PublicId;
import afterword.model.Site;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one write counts against: any of the sender's address range, the commenter and the page. */
public final class Sender {
  private static final Policy VOTES = new Policy("vote", 30, 2_000);

  private static final int HOUSEHOLDS = 8;

  /** A moderator reads each and answers with reasons: nobody needs many of them at once. */
  private static final Policy COMPLAINTS = new Policy("", 10, 600_000);

  private static final Policy ABOUT_ONE = new Policy("", 30, 600_000);
  private static final Policy ON_SITE = new Policy("", 300, 30_000);

  private final Site site;
  private final List<Bucket> buckets = new ArrayList<>();

  private Sender(Site site) {
    this.site = site;
  }

  public static Sender on(Site site) {
    return new Sender(site);
  }

  /** See {@code http.ClientAddress.rangeOf}. */
  public Sender from(byte[] addressRange) {
    add("address", ByteBuffer.wrap(addressRange.clone()), perSender());
    return addressRange.length == 4 ? this : wider("network", addressRange, perSender());
  }

  /** Who is given a /48 has 65,536 ranges of 64 bits; together they are some households' worth. */
  private Sender wider(String name, byte[] addressRange, Policy one) {
    return add(
        name,
        ByteBuffer.wrap(Arrays.copyOf(addressRange, 6)),
        new Policy("", one.burst() * HOUSEHOLDS, one.everyMillis() / HOUSEHOLDS));
  }

  /** All that is written on the site, from wherever; 0 is no limit. */
  public Sender onSite() {
    int perMinute = site.settings().checks().sitePerMinute();
    return perMinute == 0
        ? this
        : add("site", "", new Policy("site", perMinute, 60_000 / Math.max(1, perMinute)));
  }

  public Sender by(byte[] commenterHash) {
    return add("commenter", ByteBuffer.wrap(commenterHash.clone()), perSender());
  }

  /** Looking at one's own text as it will be shown: cheap, but not for nothing. */
  public Sender previewing(byte[] addressRange) {
    return add("preview", ByteBuffer.wrap(addressRange.clone()), new Policy("preview", 30, 1_000));
  }

  /** A vote is a click, and many are given while reading. */
  public Sender voting(byte[] addressRange) {
    return add("vote", ByteBuffer.wrap(addressRange.clone()), VOTES);
  }

  public Sender votingAs(byte[] commenterHash) {
    return add("voter", ByteBuffer.wrap(commenterHash.clone()), VOTES);
  }

  /** A legal notice: of the sender, about the comment, on the site. */
  public Sender noticing(byte[] addressRange, PublicId comment) {
    return complaining("notice", addressRange, comment);
  }

  /** Counted apart from notices, so that many of these take no appeal from anybody. */
  public Sender appealing(byte[] addressRange, PublicId comment) {
    return complaining("appeal", addressRange, comment);
  }

  private Sender complaining(String what, byte[] addressRange, PublicId comment) {
    add(what, ByteBuffer.wrap(addressRange.clone()), COMPLAINTS);
    if (addressRange.length != 4) wider(what + "-network", addressRange, COMPLAINTS);
    return add(what + "-comment", comment.row(), ABOUT_ONE).add(what + "-site", "", ON_SITE);
  }

  public Sender onto(String pageKey) {
    int perMinute = site.settings().pagePerMinute();
    return add("page", pageKey, new Policy("page", perMinute, 60_000 / Math.max(1, perMinute)));
  }

  List<Bucket> buckets() {
    return buckets;
  }

  private Policy perSender() {
    return new Policy(
        "", site.settings().writeBurst(), site.settings().writeEverySeconds() * 1000L);
  }

  private Sender add(String name, Object who, Policy policy) {
    buckets.add(
        new Bucket(
            new Key(site.id(), name, who), new Policy(name, policy.burst(), policy.everyMillis())));
    return this;
  }

  record Key(int site, String policy, Object who) {}

  record Bucket(Key key, Policy policy) {}
}
