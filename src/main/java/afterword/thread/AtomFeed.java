package afterword.thread;

import afterword.markup.Html;

/** Atom (RFC 4287) with threading (RFC 4685). */
final class AtomFeed {
  private AtomFeed() {}

  static String of(Feed feed) {
    var out = new StringBuilder(4_096);
    out.append(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
        <id>%1$s</id>
        <title>%2$s</title>
        <updated>%3$s</updated>
        <link rel="self" type="application/atom+xml" href="%1$s"/>
        """
            .formatted(text(feed.self()), text(feed.title()), feed.changedAt()));
    for (LatestStore.Latest one : feed.latest()) entry(out, feed, one);
    return out.append("</feed>\n").toString();
  }

  private static void entry(StringBuilder out, Feed feed, LatestStore.Latest one) {
    ShownComment comment = one.comment();
    String address = feed.address(comment.id());
    out.append("<entry>\n<id>")
        .append(text(address))
        .append("</id>\n<title>")
        .append(text(Feed.titleOf(one)));
    out.append("</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"")
        .append(text(address))
        .append("\"/>\n");
    out.append("<published>").append(comment.createdAt().toInstant()).append("</published>\n");
    out.append("<updated>").append(Feed.changedAt(comment)).append("</updated>\n<author><name>");
    out.append(text(Feed.nameOf(comment))).append("</name>");
    if (comment.url() != null) out.append("<uri>").append(text(comment.url())).append("</uri>");
    out.append("</author>\n");
    if (comment.isRoot()) inReplyTo(out, one.pageUrl(), one.pageUrl());
    else inReplyTo(out, feed.address(comment.parentId()), feed.address(comment.parentId()));
    out.append("<content type=\"html\">")
        .append(text(comment.html()))
        .append("</content>\n</entry>\n");
  }

  private static void inReplyTo(StringBuilder out, String reference, String address) {
    if (reference == null) return;
    out.append("<thr:in-reply-to ref=\"")
        .append(text(reference))
        .append("\" type=\"text/html\" href=\"");
    out.append(text(address)).append("\"/>\n");
  }

  /** XML has no way to write most control characters, not even escaped. */
  private static String text(String text) {
    return Html.text(text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD"));
  }
}
