package dev.naru.app.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String HEAD = "POST /x HTTP/1.1\r\nContent-Length: 9\r\n";

  private final Connections connections = new Connections(3);

  private EmbeddedChannel come() {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new RequestWatch(connections, LIMIT),
            new HttpRequestDecoder(),
            new HttpResponseEncoder());
    channel.freezeTime();
    return channel;
  }

  private static void send(EmbeddedChannel channel, String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
  }

  private static void ask(EmbeddedChannel channel) {
    send(channel, "GET / HTTP/1.1\r\n\r\n");
  }

  private static void answer(EmbeddedChannel channel, HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private static void pass(EmbeddedChannel channel, long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }

  private static void trickle(EmbeddedChannel channel, int seconds) {
    for (int i = 0; i < seconds && channel.isActive(); i++) {
      pass(channel, 1);
      if (channel.isActive()) {
        send(channel, "a");
      }
    }
  }

  private static List<Boolean> alive(EmbeddedChannel... channels) {
    return Stream.of(channels).map(EmbeddedChannel::isActive).toList();
  }

  @Test
  void aTrickledHeadIsEndedInTime() {
    EmbeddedChannel channel = come();
    send(channel, "GET / HTTP/1.1\r\nX-Slow: ");
    trickle(channel, 9);
    assertThat(channel.isActive()).as("after 9 s").isTrue();
    trickle(channel, 1);
    assertThat(channel.isActive()).as("after 10 s").isFalse();
    assertThat(connections.slow()).isEqualTo(1);
  }

  @Test
  void aTrickledBodyIsEndedInTime() {
    EmbeddedChannel channel = come();
    send(channel, "POST /x HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
    trickle(channel, 9);
    assertThat(channel.isActive()).as("after 9 s").isTrue();
    trickle(channel, 1);
    assertThat(channel.isActive()).as("after 10 s").isFalse();
  }

  @Test
  void aSecondRequestHasNoMoreTime() {
    EmbeddedChannel channel = come();
    ask(channel);
    answer(channel, HttpResponseStatus.OK);
    pass(channel, 20);
    send(channel, HEAD);
    pass(channel, 9);
    assertThat(channel.isActive()).as("after 9 s").isTrue();
    pass(channel, 1);
    assertThat(channel.isActive()).as("after 10 s").isFalse();
  }

  @Test
  void aWholeRequestHasAllTheTime() {
    EmbeddedChannel channel = come();
    send(channel, HEAD);
    pass(channel, 5);
    send(channel, "\r\n123456789");
    pass(channel, 60);
    assertThat(channel.isActive()).as("while it is decided").isTrue();
    answer(channel, HttpResponseStatus.OK);
    pass(channel, 60);
    assertThat(channel.isActive()).as("answered").isTrue();
    assertThat(connections.slow()).isZero();
  }

  @Test
  void whoHasNotAskedForLongestMakesRoom() {
    EmbeddedChannel slow = come();
    send(slow, HEAD);
    EmbeddedChannel regular = come();
    EmbeddedChannel silent = come();
    ask(regular);
    answer(regular, HttpResponseStatus.OK);
    EmbeddedChannel fourth = come();
    assertThat(alive(slow, regular, silent, fourth)).containsExactly(false, true, true, true);
    EmbeddedChannel fifth = come();
    assertThat(alive(regular, silent, fourth, fifth)).containsExactly(true, false, true, true);
    EmbeddedChannel sixth = come();
    assertThat(alive(regular, fourth, fifth, sixth)).containsExactly(false, true, true, true);
    assertThat(connections.displaced()).isEqualTo(3);
  }

  /// The loop hears of a closing only after it has looked at all that came meanwhile.
  @Test
  void ofManyWhoComeAtOnceEachMakesRoomForOne() {
    List<LateClosing> closings = Stream.generate(LateClosing::new).limit(8).toList();
    closings.forEach(closing -> connections.opened(new EmbeddedChannel(closing)));
    assertThat(closings)
        .extracting(closing -> closing.orders)
        .containsExactly(1, 1, 1, 1, 1, 0, 0, 0);
  }

  private static final class LateClosing extends ChannelOutboundHandlerAdapter {
    private int orders;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      orders++;
    }
  }

  @Test
  void whoIsBeingAnsweredStays() {
    List<EmbeddedChannel> asking = List.of(come(), come(), come());
    asking.forEach(ConnectionsTest::ask);
    EmbeddedChannel fourth = come();
    assertThat(asking).allMatch(EmbeddedChannel::isActive);
    assertThat(fourth.isActive()).isFalse();
    answer(asking.getLast(), HttpResponseStatus.OK);
    EmbeddedChannel fifth = come();
    assertThat(asking.getLast().isActive()).isFalse();
    assertThat(fifth.isActive()).isTrue();
  }

  /// Else a caller whose body is refused early could hold a connection that never makes room.
  @Test
  void anAnswerBeforeTheRequestIsWholeCounts() {
    EmbeddedChannel refused = come();
    send(refused, HEAD + "\r\n1");
    answer(refused, HttpResponseStatus.CONTINUE);
    answer(refused, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    send(refused, "23456789");
    EmbeddedChannel second = come();
    EmbeddedChannel third = come();
    EmbeddedChannel fourth = come();
    assertThat(alive(refused, second, third, fourth)).containsExactly(false, true, true, true);
  }

  @Test
  void whoIsGoneMakesRoom() {
    List<EmbeddedChannel> gone = List.of(come(), come(), come());
    ask(gone.getFirst());
    for (EmbeddedChannel channel : gone) {
      var _ = channel.close();
      connections.answered(channel);
    }
    List<EmbeddedChannel> next = List.of(come(), come(), come());
    assertThat(next).allMatch(EmbeddedChannel::isActive);
    assertThat(connections.displaced()).isZero();
  }
}
