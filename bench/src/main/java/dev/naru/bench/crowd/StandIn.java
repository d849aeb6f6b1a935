package dev.naru.bench.crowd;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Answers the calls of a journey as Naru would, as long and with nothing behind it, so that what
/// costs is whoever asks. A program of its own; it prints its port.
final class StandIn extends ChannelInboundHandlerAdapter {
  private static final String PAPER = "p".repeat(180);
  private static long numbers;

  private final boolean calls;
  private ByteBuf kept;

  private StandIn(boolean calls, ByteBuf kept) {
    this.calls = calls;
    this.kept = kept;
  }

  /// @param args `calls` when everybody's turn has come, `holds` when nobody's ever does
  public static void main(String... args) throws InterruptedException {
    boolean calls = args[0].equals("calls");
    Channel server =
        new ServerBootstrap()
            .group(new NioEventLoopGroup(1))
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new StandIn(calls, channel.alloc().buffer()));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    kept.writeBytes(in);
    in.release();
    String text = kept.toString(StandardCharsets.UTF_8);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return;
    }
    int said = text.indexOf("Content-Length: ");
    int length = said < 0 || said > head ? 0 : number(text, said + 16);
    int headBytes = ByteBufUtil.utf8Bytes(text.substring(0, head + 4));
    if (kept.readableBytes() < headBytes + length) {
      return;
    }
    kept.clear();
    int space = text.indexOf(' ');
    String path = text.substring(space + 1, text.indexOf(' ', space + 1));
    byte[] body = answer(text.substring(0, space), path, text).getBytes(StandardCharsets.UTF_8);
    ByteBuf out = context.alloc().ioBuffer(body.length + 128);
    ByteBufUtil.writeAscii(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    out.writeBytes(body);
    var _ = context.writeAndFlush(out, context.voidPromise());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    kept.release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private static int number(String text, int from) {
    return Integer.parseInt(text.substring(from, text.indexOf('\r', from)));
  }

  private String answer(String method, String path, String request) {
    String[] words = path.split("[/?]", -1);
    return switch (method + " " + words[3] + " " + Math.min(words.length, 6)) {
      case "GET campaigns 5" -> campaign();
      case "GET regions 4" -> REGIONS;
      case "GET providers 4" -> "{\"providers\":[{\"id\":\"quick\",\"light\":\"smooth\"}]}";
      case "POST identity 6" -> words[5].equals("start") ? START : SESSION;
      case "POST campaigns 6" ->
          words[5].equals("line") ? ticket() : "{\"pass\":\"" + PAPER + "\"}";
      case "GET campaigns 6" -> search(words);
      case "PUT appointments 5" -> booked(words[4], request);
      default -> "{}";
    };
  }

  private String search(String... words) {
    if (words[5].equals("line")) {
      return status();
    }
    return words.length > 7 ? SLOTS : SITES;
  }

  private static String campaign() {
    Instant now = Instant.now();
    return """
        {"serverTime":"%s","eligible":{"bornFrom":"1967-01-01","bornTo":"2003-12-31"},
        "windows":[{"line":0,"cohorts":[],"lobbyOpens":"%s","opens":"%s","closes":"%s"}]}"""
        .formatted(now, now.minusSeconds(600), now.minusSeconds(1), now.plusSeconds(36_000));
  }

  private static String ticket() {
    long number = ++numbers;
    return "{\"ticket\":\"%s\",\"number\":%d,\"place\":%d,\"lobby\":false,\"line\":0}"
        .formatted(PAPER, number, number);
  }

  private String status() {
    return """
        {"line":0,"phase":"open","serving":%d,"perMinute":60000,"draw":{"seed":"5eed","size":0},
        "pollSeconds":{"near":2,"far":30},"expect":{"fast":70000,"slow":50000}}"""
        .formatted(calls ? Long.MAX_VALUE : 0);
  }

  private static String booked(String id, String request) {
    int from = request.indexOf("\"slot\":\"") + 8;
    return """
        {"id":"%s","state":"booked","campaign":"demo","site":"S00001","slot":"%s","dose":1,
        "startsAt":"2026-11-30T09:00:00+09:00","product":"mrna","following":[]}"""
        .formatted(id, request.substring(from, request.indexOf('"', from)));
  }

  private static final String REGIONS =
      "{\"provinces\":[{\"code\":\"11\",\"districts\":[{\"code\":\"11010\",\"population\":9}]}]}";
  private static final String START =
      "{\"next\":\"form\",\"request\":\"%s\",\"fields\":[\"name\",\"birthDate\",\"phone\",\"ci\"]}"
          .formatted(PAPER);
  private static final String SESSION =
      "{\"session\":\"%s\",\"person\":{\"maskedName\":\"김*\"},\"eligibility\":{\"eligible\":true}}"
          .formatted(PAPER);
  private static final String DAYS =
      IntStream.range(1, 7)
          .mapToObj("{\"date\":\"2026-12-%02d\",\"free\":7}"::formatted)
          .collect(Collectors.joining(","));
  private static final String SITES =
      IntStream.range(0, 20)
          .mapToObj(
              site ->
                  """
                  {"id":"S%05d","name":"보건소 %d","address":"서울특별시 종로구 새문안로 %d","region":"11010",\
                  "lat":37.5729,"lng":126.9794,"meters":%d,"days":[%s]}"""
                      .formatted(site, site, site, site * 100, DAYS))
          .collect(Collectors.joining(",", "{\"sites\":[", "]}"));
  private static final String SLOTS =
      IntStream.range(0, 16)
          .mapToObj(
              slot ->
                  """
                  {"slot":"%d","startsAt":"2026-11-30T09:00:00+09:00","product":"mrna","free":12}"""
                      .formatted(1_000_000 + slot))
          .collect(Collectors.joining(",", "{\"slots\":[", "]}"));
}
