package afterword.markup;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;

/**
 * Makes links of images, which would call out to a stranger's server from every reader, and
 * paragraphs of ordered lists that do not start at 1: HTML needs an attribute for them, and "1984.
 * What a year" is no list.
 */
final class PlainerBlocks extends AbstractVisitor implements PostProcessor {
  @Override
  public Node process(Node document) {
    document.accept(this);
    return document;
  }

  @Override
  public void visit(Image image) {
    visitChildren(image);
    if (insideLink(image)) {
      moveChildrenBefore(image, image);
    } else {
      var link = new Link(image.getDestination(), null);
      image.insertBefore(link);
      while (image.getFirstChild() != null) link.appendChild(image.getFirstChild());
    }
    image.unlink();
  }

  @Override
  public void visit(OrderedList list) {
    visitChildren(list);
    Integer number = list.getMarkerStartNumber();
    if (number == null || number == 1) return;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (!(item.getFirstChild() instanceof Paragraph)) item.prependChild(new Paragraph());
      item.getFirstChild().prependChild(new Text(number++ + list.getMarkerDelimiter() + " "));
      moveChildrenBefore(list, item);
    }
    if (list.getParent() instanceof ListItem
        && list.getParent().getParent() instanceof ListBlock outer) {
      outer.setTight(false); // a tight list would run the paragraphs together
    }
    list.unlink();
  }

  private static void moveChildrenBefore(Node place, Node parent) {
    while (parent.getFirstChild() != null) place.insertBefore(parent.getFirstChild());
  }

  private static boolean insideLink(Node node) {
    for (Node up = node.getParent(); up != null; up = up.getParent())
      if (up instanceof Link) return true;
    return false;
  }
}
