package dev.naru.app.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a connection whose request is not whole a while after its first byte, whatever trickles in
/// meanwhile. It sees the bytes; behind the decoder stands its other half, which sees requests.
final class RequestWatch extends ChannelInboundHandlerAdapter {
  /// Head and body are a few packets. Three losses in a row, which TCP repairs after 1, 2 and 4 s,
  /// still fit.
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final Connections connections;
  private final Duration limit;

  /// Bytes have come since the last whole request.
  private boolean begun;

  private @Nullable Future<?> end;

  RequestWatch(Connections connections, Duration limit) {
    this.connections = connections;
    this.limit = limit;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String encoder = context.pipeline().context(HttpResponseEncoder.class).name();
    context.pipeline().addAfter(encoder, null, new Requests());
    connections.opened(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    begun = true;
    context.fireChannelRead(bytes);
  }

  /// Nearly all requests are whole by now, and need no timer.
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (begun && end == null) {
      end =
          context
              .executor()
              .schedule(
                  () -> connections.endSlow(context.channel()),
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    whole();
    connections.closed(context.channel());
    context.fireChannelInactive();
  }

  private void whole() {
    begun = false;
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  private final class Requests extends ChannelDuplexHandler {
    /// Negative while a request is answered before it is whole.
    private int unanswered;

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
      if (part instanceof LastHttpContent) {
        whole();
        if (++unanswered > 0) {
          connections.asked(context.channel());
        }
      }
      context.fireChannelRead(part);
    }

    @Override
    public void write(ChannelHandlerContext context, Object part, ChannelPromise promise) {
      if (part instanceof LastHttpContent && !isInterim(part) && --unanswered == 0) {
        connections.answered(context.channel());
      }
      var _ = context.write(part, promise);
    }

    /// "100 Continue" answers nothing yet.
    private static boolean isInterim(Object part) {
      return part instanceof HttpResponse response
          && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
  }
}
