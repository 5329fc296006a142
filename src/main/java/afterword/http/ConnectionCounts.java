package afterword.http;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each address range holds; as large as there are connections. */
public final class ConnectionCounts {
  private final int most;
  private final Map<ByteBuffer, Integer> rangeToCount = new ConcurrentHashMap<>();

  public ConnectionCounts(int most) {
    this.most = most;
  }

  /** False, and nothing counted, where the range has as many as it may. */
  public boolean enter(byte[] address) {
    var entered = new boolean[1];
    rangeToCount.compute(
        range(address),
        (range, count) -> {
          int before = count == null ? 0 : count;
          entered[0] = before < most;
          return entered[0] ? Integer.valueOf(before + 1) : count;
        });
    return entered[0];
  }

  public void leave(byte[] address) {
    rangeToCount.computeIfPresent(range(address), (range, count) -> count == 1 ? null : count - 1);
  }

  private static ByteBuffer range(byte[] address) {
    return ByteBuffer.wrap(ClientAddress.range(address));
  }
}
