package afterword.rehearse;

import static afterword.rehearse.Fleet.until;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One process is killed, or hangs. What was under way there cannot be saved, but for what was
 * acknowledged; how long it takes is stated.
 */
final class HarmPlays {
  private static final int AGAIN_WITHIN_SECONDS = 240;

  private final Stage stage;
  private final Fleet fleet;

  HarmPlays(Stage stage) {
    this.stage = stage;
    this.fleet = stage.fleet();
  }

  void killed() throws Exception {
    stage.say("one is killed (SIGKILL)");
    play("killed", fleet.pods().get(0), pod -> pod.signal("KILL"));
  }

  void stopped() throws Exception {
    stage.say("one stands still (SIGSTOP): its liveness probe has to notice");
    play("stopped", fleet.pods().get(1), pod -> pod.signal("STOP"));
  }

  /** One of its event loops; the others serve on, and so does the management port. */
  void hungLoop(Program hangs, Program sound) throws Exception {
    stage.say("an event loop of one hangs: its liveness probe has to notice");
    fleet.set(hangs);
    Pod pod = fleet.up(1).get(0);
    fleet.set(sound);
    stage.noneFailed("failed_before_hung_loop");
    play("hung_loop", pod, HarmPlays::hang);
    fleet.down(List.of(pod));
    stage.noneFailed("failed_after_hung_loop");
  }

  private interface Harm {
    void to(Pod pod) throws Exception;
  }

  private void play(String what, Pod pod, Harm harm) throws Exception {
    int before = pod.restarts();
    long start = System.nanoTime();
    harm.to(pod);
    until("it is not sent to any more", AGAIN_WITHIN_SECONDS, () -> !pod.ready());
    double noticedAfter = seconds(start);
    until(
        "it was started again", AGAIN_WITHIN_SECONDS, () -> pod.restarts() > before && pod.ready());
    Load.Noticed noticed = stage.load().take();
    stage.say(
        "  %s; not ready after %.1f s, started again and ready after %.1f s",
        noticed, noticedAfter, seconds(start));
    stage.stated("failed_when_" + what, noticed.failed(), "count");
    stage.stated("unready_after_" + what + "_s", noticedAfter, "s");
    stage.stated("ready_again_after_" + what + "_s", seconds(start), "s");
  }

  private static void hang(Pod pod) throws IOException, InterruptedException {
    URI hang = URI.create("http://" + pod.address() + ":" + pod.port() + "/hang");
    CompletableFuture<HttpResponse<Void>> never =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(hang).build(), HttpResponse.BodyHandlers.discarding());
    until("its loops do not all tick", AGAIN_WITHIN_SECONDS, () -> !pod.ready());
    if (never.isDone() && !never.isCompletedExceptionally())
      throw new IllegalStateException("nothing hung: answered " + never.join().statusCode());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
