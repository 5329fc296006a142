package afterword.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Thousands of readers of live streams on one thread, each on one page. Comments on a page are
 * numbered in their order ("number 7 of 3."); each reader checks that it is told of every one, once
 * and in order, or of "reload", from the first it was told of on.
 */
final class LiveCrowd implements AutoCloseable {
  private final int port;
  private final int pages;
  private final Selector selector = Selector.open();
  private final List<Reader> readers = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "crowd");
  private final Random random = new Random(7);
  private final AtomicInteger reconnectsWanted = new AtomicInteger();
  private volatile boolean closed;

  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger reconnects = new AtomicInteger();
  final LongAdder told = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder doubled = new LongAdder();
  final LongAdder reloads = new LongAdder();
  final LongAdder brokeOff = new LongAdder();

  LiveCrowd(int port, int pages) throws IOException {
    this.port = port;
    this.pages = pages;
  }

  /**
   * Connects so many, a few at a time.
   *
   * @param known so many comments are on each page; whoever comes need not be told of those
   */
  void come(int count, int known) throws IOException, InterruptedException {
    if (!thread.isAlive()) thread.start();
    for (int i = 0; i < count; i++) {
      var reader = new Reader(i % pages, known, "198.18." + i / 200 + "." + (1 + i % 200));
      synchronized (readers) {
        readers.add(reader);
      }
      reader.wanted = true;
      selector.wakeup();
      while (i - begun.get() > 200) Thread.sleep(1);
    }
  }

  /** Any readers, so many, leave and come back with the last id they have seen. */
  void reconnect(int count) {
    reconnectsWanted.addAndGet(count);
    selector.wakeup();
  }

  /** Whether everybody was told of the last comment on their page. */
  boolean allHave(int[] pageToLast) {
    synchronized (readers) {
      return readers.stream().allMatch(reader -> reader.last >= pageToLast[reader.page]);
    }
  }

  /** How many readers have not been told of the last comment on their page. */
  long behind(int[] pageToLast) {
    synchronized (readers) {
      return readers.stream().filter(reader -> reader.last < pageToLast[reader.page]).count();
    }
  }

  private void run() {
    var buffer = ByteBuffer.allocate(256 * 1024);
    try {
      while (!closed) {
        selector.select(50);
        for (SelectionKey key : selector.selectedKeys()) ((Reader) key.attachment()).ready(buffer);
        selector.selectedKeys().clear();
        synchronized (readers) {
          for (Reader reader : readers) if (reader.wanted) reader.connect();
          while (reconnectsWanted.get() > 0) {
            reconnectsWanted.decrementAndGet();
            readers.get(random.nextInt(readers.size())).again();
          }
        }
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    for (Reader reader : readers) reader.channel.close();
    selector.close();
  }

  private final class Reader {
    final int page;
    final int known;
    final String address;
    volatile boolean wanted;
    volatile int last;
    private boolean first = true;
    private boolean head;
    private SocketChannel channel;
    private StringBuilder line = new StringBuilder();
    private String lastId = "";
    private String event = "";

    Reader(int page, int known, String address) {
      this.page = page;
      this.known = known;
      this.last = known;
      this.address = address;
    }

    void connect() throws IOException {
      wanted = false;
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
      channel.connect(new InetSocketAddress("127.0.0.1", port));
      channel.register(selector, SelectionKey.OP_CONNECT, this);
      line.setLength(0);
      head = true;
    }

    void again() throws IOException {
      if (lastId.isEmpty()) return;
      channel.close();
      reconnects.incrementAndGet();
      connect();
    }

    void ready(ByteBuffer buffer) throws IOException {
      SelectionKey key = channel.keyFor(selector);
      if (key == null || !key.isValid()) return;
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request().getBytes(StandardCharsets.US_ASCII)));
        key.interestOps(SelectionKey.OP_READ);
      } else {
        buffer.clear();
        int n = read(buffer);
        if (n < 0) {
          brokeOff.increment();
          channel.close();
          wanted = true;
          return;
        }
        for (int i = 0; i < n; i++) {
          char c = (char) (buffer.get(i) & 0xff);
          if (c == '\n') line();
          else if (line.length() < 8_192) line.append(c);
        }
      }
    }

    private int read(ByteBuffer buffer) {
      try {
        return channel.read(buffer);
      } catch (IOException reset) {
        return -1;
      }
    }

    private String request() {
      return "GET /api/v1/sites/blog/live?page=p"
          + page
          + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: "
          + address
          + (lastId.isEmpty() ? "" : "\r\nLast-Event-ID: " + lastId)
          + "\r\n\r\n";
    }

    /** Chunk sizes and the head are lines that mean nothing here. */
    private void line() {
      String text = line.toString();
      line.setLength(0);
      if (head && text.startsWith("HTTP/1.1") && !text.contains(" 200 "))
        throw new AssertionError(text);
      if (text.startsWith("retry: ") && first) begun.incrementAndGet();
      if (text.startsWith("retry: ")) head = first = false;
      if (text.startsWith("event: ")) event = text.substring(7);
      if (text.startsWith("id: ")) lastId = text.substring(4);
      if (text.startsWith("data: ") && event.equals("published")) heard(numberIn(text));
      if (text.startsWith("data: ") && event.equals("reload")) {
        reloads.increment();
        last = 0;
      }
    }

    private void heard(int number) {
      if (number <= known) return;
      told.increment();
      if (last == 0 || number == last + 1) last = number;
      else if (number <= last) doubled.increment();
      else {
        lost.add(number - last - 1L);
        last = number;
      }
    }

    private int numberIn(String data) {
      int at = data.indexOf("number ");
      return Integer.parseInt(data.substring(at + 7, data.indexOf(" of", at)));
    }
  }
}
