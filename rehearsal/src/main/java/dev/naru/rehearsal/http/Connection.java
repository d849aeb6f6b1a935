package dev.naru.rehearsal.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One connection, on which one request at a time is under way. Used on the event loop only.
///
/// @param <R> what is under way
final class Connection<R> extends ChannelInboundHandlerAdapter {
  /// Hears how requests end.
  interface Owner<R> {
    /// @param answer [Answer#LOST] when the connection broke
    void answered(Connection<R> connection, R request, Answer answer);

    void closed(Connection<R> connection);
  }

  private static final byte[] NOTHING = new byte[0];

  /// Enough for most answers; what a longer one took is given back.
  private static final int KEPT_BYTES = 1_024;

  private final Owner<R> owner;

  /// Shared by all connections of a loop: most answers come in one piece.
  private final ResponseReader reader;

  private final BiConsumer<R, ByteBuf> writer;
  private final int person;
  private byte[] partial = NOTHING;
  private int kept;
  private @Nullable Channel channel;
  private @Nullable R underWay;
  private boolean closing;
  private boolean over;
  private long since;

  Connection(Owner<R> owner, ResponseReader reader, BiConsumer<R, ByteBuf> writer, int person) {
    this.owner = owner;
    this.reader = reader;
    this.writer = writer;
    this.person = person;
  }

  /// Whose it is; -1 for everybody's.
  int person() {
    return person;
  }

  /// Nanoseconds at which it was last given something to do, or had done it.
  long since() {
    return since;
  }

  void send(R request, long now) {
    underWay = request;
    since = now;
    Channel open = channel;
    if (open != null) {
      write(open, request);
    }
  }

  /// What was under way has been done.
  void rest(long now) {
    since = now;
  }

  /// Ends it, whatever is under way.
  void close() {
    if (!closing && !over) {
      closing = true;
      owner.closed(this);
    }
    Channel open = channel;
    if (open == null) {
      end();
    } else {
      var _ = open.close();
    }
  }

  void opened(Channel open) {
    channel = open;
    R request = underWay;
    if (closing || over) {
      var _ = open.close();
    } else if (request != null) {
      write(open, request);
    }
  }

  private void write(Channel open, R request) {
    ByteBuf out = open.alloc().ioBuffer(1_024);
    writer.accept(request, out);
    var _ = open.writeAndFlush(out, open.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      int more = in.readableBytes();
      if (kept + more > partial.length) {
        partial = Arrays.copyOf(partial, Math.max(kept + more, 2 * kept));
      }
      in.readBytes(partial, kept, more);
      kept += more;
    } finally {
      ReferenceCountUtil.release(in);
    }
    understand(false);
  }

  private void understand(boolean ended) {
    R request = underWay;
    try {
      if (request == null || kept > 2 * ResponseReader.LONGEST) {
        throw new ProtocolException("bytes that nobody asked for");
      }
      Answer answer = reader.read(partial, kept, ended);
      if (answer == null) {
        return;
      }
      if (reader.taken() < kept) {
        throw new ProtocolException("more than was asked for");
      }
      finish(request, answer, reader.closes());
    } catch (ProtocolException e) {
      close();
    }
  }

  private void finish(R request, Answer answer, boolean closes) {
    underWay = null;
    kept = 0;
    partial = partial.length > KEPT_BYTES ? NOTHING : partial;
    if (closes) {
      close();
    }
    owner.answered(this, request, answer);
  }

  /// Whether another request may be sent.
  boolean isUsable() {
    return !closing && !over && underWay == null;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (kept > 0 && underWay != null) {
      understand(true);
    }
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  /// It is gone, or was never there.
  void end() {
    if (over) {
      return;
    }
    over = true;
    if (!closing) {
      owner.closed(this);
    }
    R request = underWay;
    if (request != null) {
      underWay = null;
      owner.answered(this, request, Answer.LOST);
    }
  }
}
