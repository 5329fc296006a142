package afterword.bench;

import java.util.SplittableRandom;

/**
 * Who answers whom, on a made-up site: always the same for the same size. Threads have a long tail,
 * the first is a tenth of everything, the second is the small one to compare it with, and in the
 * first there is a chain of replies 50 deep. Comments of all threads come in mixed, as in time.
 */
final class Population {
  static final int DEEPEST = 50;
  static final String[] STATUSES = {"published", "pending", "rejected", "spam", "deleted"};

  private static final double ROOTS = 0.35;

  final int threads;
  final int small;

  /** By number of the comment, from 0: its thread, its parent or -1, its root, depth and status. */
  final int[] thread;

  final int[] parent;
  final int[] root;
  final byte[] depth;
  final byte[] status;

  /** Published, or with something published below. */
  final boolean[] shown;

  private final SplittableRandom random = new SplittableRandom(20260314);

  Population(int comments, int threads) {
    this.threads = threads;
    this.small = Math.max(20, Math.min(1_000, comments / 100));
    thread = mixed(sizes(comments));
    parent = new int[comments];
    root = new int[comments];
    depth = new byte[comments];
    status = new byte[comments];
    shown = new boolean[comments];
    answer();
    show();
  }

  int size() {
    return thread.length;
  }

  private int[] sizes(int comments) {
    int[] sizes = new int[threads];
    sizes[0] = comments / 10;
    sizes[1] = small;
    int left = comments - sizes[0] - sizes[1];
    double all = 0;
    for (int i = 2; i < threads; i++) all += share(i);
    int given = 0;
    for (int i = 2; i < threads; i++) {
      sizes[i] = Math.max(1, (int) (left * share(i) / all));
      given += sizes[i];
    }
    sizes[0] += left - given;
    return sizes;
  }

  /** A few large ones and very many small ones, none as large as the first. */
  private static double share(int rank) {
    return 1 / Math.pow(rank + 30, 0.9);
  }

  private int[] mixed(int[] sizes) {
    int[] mixed = new int[java.util.Arrays.stream(sizes).sum()];
    int at = 0;
    for (int i = 0; i < sizes.length; i++) for (int n = 0; n < sizes[i]; n++) mixed[at++] = i;
    for (int i = mixed.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = mixed[i];
      mixed[i] = mixed[other];
      mixed[other] = swap;
    }
    return mixed;
  }

  /** Most answer what was said last; some go back to an older root. */
  private void answer() {
    int[] last = new int[threads];
    int[] lastRoot = new int[threads];
    java.util.Arrays.fill(last, -1);
    java.util.Arrays.fill(lastRoot, -1);
    int chain = -1;
    for (int i = 0; i < size(); i++) {
      int t = thread[i];
      int to = -1;
      if (last[t] >= 0 && random.nextDouble() >= ROOTS)
        to = random.nextInt(10) < 7 ? last[t] : lastRoot[t];
      boolean deepens = t == 0 && chain >= 0 && depth[chain] < DEEPEST && random.nextInt(20) == 0;
      if (deepens) to = chain;
      if (to >= 0 && depth[to] >= DEEPEST) to = lastRoot[t];
      parent[i] = to;
      root[i] = to < 0 ? i : root[to];
      depth[i] = (byte) (to < 0 ? 0 : depth[to] + 1);
      if (deepens || chain < 0 && t == 0) chain = i;
      last[t] = i;
      if (to < 0) lastRoot[t] = i;
      int dice = random.nextInt(1_000);
      status[i] = (byte) (dice < 970 ? 0 : dice < 980 ? 1 : dice < 990 ? 2 : dice < 995 ? 3 : 4);
    }
  }

  private void show() {
    for (int i = size() - 1; i >= 0; i--) {
      shown[i] |= status[i] == 0;
      if (shown[i] && parent[i] >= 0) shown[parent[i]] = true;
    }
  }
}
