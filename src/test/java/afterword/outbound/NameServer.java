package afterword.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/**
 * A name server on a free UDP port that asks nobody else. Nothing it says may be kept: the time to
 * live is 0, as with those who rebind a name.
 */
final class NameServer implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final IntFunction<List<byte[]>> nthToAddresses;
  private final Channel channel;

  /**
   * @param nthToAddresses what the nth question for an IPv4 address, from 1 on, is answered with;
   *     null for silence
   */
  NameServer(IntFunction<List<byte[]>> nthToAddresses) {
    this.nthToAddresses = nthToAddresses;
    this.channel =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened
                        .pipeline()
                        .addLast(
                            new DatagramDnsQueryDecoder(),
                            new DatagramDnsResponseEncoder(),
                            new Answering());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /** The names it was asked the IPv4 addresses of, in their order. */
  List<String> asked() {
    return asked;
  }

  /** Whatever it resolves, it asks here, one worker for all that blocks. */
  Vertx vertx() {
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    return Vertx.vertx(
        new VertxOptions()
            .setWorkerPoolSize(1)
            .setAddressResolverOptions(
                new AddressResolverOptions()
                    .addServer("127.0.0.1:" + port)
                    .setSearchDomains(List.of())
                    .setNdots(1)));
  }

  @Override
  public void close() {
    loop.shutdownGracefully();
  }

  private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      var answer = new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      answer.addRecord(DnsSection.QUESTION, question);
      if (question.type().equals(DnsRecordType.A)) {
        asked.add(question.name());
        List<byte[]> addresses = nthToAddresses.apply(asked.size());
        if (addresses == null) return;
        for (byte[] address : addresses)
          answer.addRecord(
              DnsSection.ANSWER,
              new DefaultDnsRawRecord(
                  question.name(), DnsRecordType.A, 0, Unpooled.wrappedBuffer(address)));
      }
      ctx.writeAndFlush(answer);
    }
  }
}
