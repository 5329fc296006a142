package afterword.bench;

import java.util.List;
import java.util.Locale;

/** A few measured values over sizes that grow tenfold, as a small SVG for the documents. */
record Plot(String across, List<Integer> sizes) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int BOTTOM = 50;
  private static final int TOP = 40;

  String svg(String title, List<Double> values) {
    double most = values.stream().mapToDouble(value -> value).max().orElse(1) * 1.15;
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%d" y="24" font-weight="bold">%s</text>
        <path d="M%d %dV%dH%d" fill="none" stroke="#888"/>
        <text x="%d" y="%d" text-anchor="middle">%s</text>
        """
            .formatted(
                WIDTH,
                HEIGHT,
                LEFT,
                title,
                LEFT,
                TOP,
                HEIGHT - BOTTOM,
                WIDTH - 20,
                (LEFT + WIDTH) / 2,
                HEIGHT - 8,
                across));
    var line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = x(sizes.get(i));
      double y = HEIGHT - BOTTOM - values.get(i) / most * (HEIGHT - BOTTOM - TOP);
      line.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#0a58ca\"/>%n"
                  + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                  + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x,
              y,
              x,
              y - 10,
              Goal.plain(values.get(i)),
              x,
              HEIGHT - BOTTOM + 18,
              Goal.plain(sizes.get(i))));
    }
    return svg.append("<path d=\"" + line + "\" fill=\"none\" stroke=\"#0a58ca\"/>\n</svg>\n")
        .toString();
  }

  /** On a logarithmic scale. */
  private double x(int size) {
    double from = Math.log(sizes.get(0));
    double to = Math.log(sizes.get(sizes.size() - 1));
    double share = to == from ? 0.5 : (Math.log(size) - from) / (to - from);
    return LEFT + 30 + share * (WIDTH - LEFT - 90);
  }
}
