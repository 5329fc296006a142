package afterword.bench;

import afterword.auth.Role;
import afterword.journeys.AdminClient;
import afterword.journeys.RunningService;
import afterword.model.SiteSettings;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/** A page of the queue of a huge site beside one of a small site, asked in turn over HTTP. */
final class QueueBench implements Benchmark {
  @Override
  public void measure(Run run) {
    int published = run.scale.of(2_000, 200_000, 1_000_000);
    int rounds = run.scale.of(20, 200, 400);
    try (var small = new RunningService(SiteSettings.DEFAULTS);
        var large = new RunningService(SiteSettings.DEFAULTS)) {
      run.say("filling: 1,000 + 50, and %,d + %,d", published, published / 20);
      PendingComments.fill(small.database(), 1, 1_000, 50);
      PendingComments.fill(large.database(), 1, published, published / 20);
      AdminClient few = AdminClient.of(small, "Mo", Map.of("blog", Role.MODERATOR));
      AdminClient many = AdminClient.of(large, "Mo", Map.of("blog", Role.MODERATOR));
      double worst = 0;
      for (String query :
          new String[] {"queue?order=oldest", "queue?order=newest", "queue?order=due"}) {
        double ratio = ratio(run, few, many, query, rounds);
        if (query.endsWith("oldest"))
          run.figure("queue_vs_small", ratio, "ratio", Goal.atMost(1.3));
        worst = Math.max(worst, ratio);
      }
      run.figure("worst_order_vs_small", worst, "ratio", Goal.atMost(1.3));
      campaign(run, few, small, rounds);
    }
  }

  /** All that waits is one long text with another number at its end, and every card shows so. */
  private static void campaign(Run run, AdminClient few, RunningService small, int rounds) {
    try (var flooded = new RunningService(SiteSettings.DEFAULTS)) {
      PendingComments.fill(flooded.database(), 1, 0, run.scale.of(100, 1_500, 1_500));
      flooded
          .database()
          .run(
              """
              update comment set alike = '{1,2,3,4,5}', text = (
                select id || ' ' || string_agg(left(md5(n::text), 7), ' ') from generate_series(1, 120) n)
              """);
      flooded.database().run("vacuum analyze");
      AdminClient many = AdminClient.of(flooded, "Mo", Map.of("blog", Role.MODERATOR));
      JsonObject card = many.read("queue?limit=100").getJsonArray("cards").getJsonObject(0);
      if (!card.getJsonArray("similar").encode().contains("\"text\""))
        throw new AssertionError("a campaign was not found alike");
      double ratio = ratio(run, few, many, "queue?limit=100", Math.min(rounds, 40));
      run.figure("campaign_vs_small", ratio, "ratio", Goal.atMost(20));
    }
  }

  /**
   * Medians of what is asked in turn, so that a busy moment hits both; as many more go before, for
   * the compiler.
   */
  private static double ratio(
      Run run, AdminClient few, AdminClient many, String query, int rounds) {
    var fewNanos = new long[rounds];
    var manyNanos = new long[rounds];
    for (int i = -rounds; i < rounds; i++) {
      long one = nanos(few, query);
      long other = nanos(many, query);
      if (i < 0) continue;
      fewNanos[i] = one;
      manyNanos[i] = other;
    }
    Arrays.sort(fewNanos);
    Arrays.sort(manyNanos);
    double small = fewNanos[rounds / 2] / 1e6;
    double large = manyNanos[rounds / 2] / 1e6;
    run.say("%-22s small %.2f ms, large %.2f ms", query, small, large);
    return large / small;
  }

  private static long nanos(AdminClient who, String query) {
    long start = System.nanoTime();
    who.read(query);
    return System.nanoTime() - start;
  }
}
