package afterword.spam;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) for smooth,
 * convex functions.
 */
final class Lbfgs {
  private static final int REMEMBERED = 8;
  private static final double FLAT = 1e-4;

  /** A function's value; writes its slope into the second array. */
  interface Function {
    double at(double[] point, double[] slope);
  }

  private record Step(double[] moved, double[] turned, double curvature) {}

  private final Function function;
  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  Lbfgs(Function function) {
    this.function = function;
  }

  double[] minimum(double[] start, int most) {
    double[] point = start.clone();
    double[] slope = new double[point.length];
    double value = function.at(point, slope);
    double flat = FLAT * Math.max(1, norm(slope));
    for (int i = 0; i < most && norm(slope) > flat; i++) {
      double[] way = way(slope);
      double descent = dot(way, slope);
      double length = steps.isEmpty() ? Math.min(1, 1 / norm(slope)) : 1;
      double[] next = point;
      double[] nextSlope = new double[point.length];
      double nextValue = value;
      boolean lower = false;
      for (int halvings = 0; halvings < 30 && !lower; halvings++, length /= 2) {
        next = sum(point, way, length);
        nextValue = function.at(next, nextSlope);
        lower = nextValue <= value + 1e-4 * length * descent;
      }
      if (!lower) break;
      remember(sum(next, point, -1), sum(nextSlope, slope, -1));
      point = next;
      slope = nextSlope;
      value = nextValue;
    }
    return point;
  }

  /** Against the slope, as the remembered steps bend it. */
  private double[] way(double[] slope) {
    double[] way = slope.clone();
    List<Step> newest = new ArrayList<>(steps);
    double[] share = new double[newest.size()];
    for (int i = newest.size() - 1; i >= 0; i--) {
      Step step = newest.get(i);
      share[i] = dot(step.moved, way) / step.curvature;
      add(way, step.turned, -share[i]);
    }
    if (!newest.isEmpty()) {
      Step last = newest.get(newest.size() - 1);
      scale(way, last.curvature / dot(last.turned, last.turned));
    }
    for (int i = 0; i < newest.size(); i++) {
      Step step = newest.get(i);
      add(way, step.moved, share[i] - dot(step.turned, way) / step.curvature);
    }
    scale(way, -1);
    return way;
  }

  private void remember(double[] moved, double[] turned) {
    double curvature = dot(moved, turned);
    if (curvature <= 1e-12) return;
    if (steps.size() == REMEMBERED) steps.removeFirst();
    steps.addLast(new Step(moved, turned, curvature));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  private static double norm(double[] a) {
    return StrictMath.sqrt(dot(a, a));
  }

  private static void add(double[] to, double[] what, double times) {
    for (int i = 0; i < to.length; i++) to[i] += times * what[i];
  }

  private static void scale(double[] what, double times) {
    for (int i = 0; i < what.length; i++) what[i] *= times;
  }

  private static double[] sum(double[] a, double[] b, double times) {
    double[] sum = a.clone();
    add(sum, b, times);
    return sum;
  }
}
