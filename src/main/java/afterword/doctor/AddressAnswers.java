package afterword.doctor;

import afterword.outbound.Answer;
import afterword.outbound.Call;
import afterword.outbound.Names;
import afterword.outbound.Outbound;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;

/** Whether readers who ask PUBLIC_BASE_URL reach this service. */
final class AddressAnswers implements Check {
  /** A site that nobody has: the problem that is answered names the service's own address. */
  private static final String PATH = "/api/v1/sites/afterword-doctor/thread?page=doctor";

  private final Vertx vertx;
  private final String baseUrl;
  private final Names names;

  AddressAnswers(Vertx vertx, String baseUrl, Names names) {
    this.vertx = vertx;
    this.baseUrl = baseUrl;
    this.names = names;
  }

  @Override
  public Future<Finding> look() {
    URI own = URI.create(baseUrl);
    // Our own address may be a private one, and without TLS on the machine of a developer.
    String listed = own.getPort() < 0 ? own.getHost() : own.getHost() + ":" + own.getPort();
    var outbound = new Outbound(vertx, names, List.of(listed));
    return outbound
        .send(Call.get(baseUrl + PATH))
        .map(this::judge)
        .otherwise(
            failed ->
                Finding.fault(
                    baseUrl + " does not answer: " + failed.getMessage(),
                    "Look at PUBLIC_BASE_URL, its name in the DNS, its certificate, and the proxy or gateway"
                        + " before the service."))
        .eventually(outbound::close);
  }

  private Finding judge(Answer answer) {
    if (answer.status() == 404 && answer.body().toString().contains(baseUrl + "/problems/"))
      return Finding.fine(baseUrl + " answers");
    return Finding.fault(
        baseUrl + " answers " + answer.status() + ", and not as this service does",
        "Let PUBLIC_BASE_URL be what readers use, and the proxy's route lead here, path unchanged.");
  }
}
