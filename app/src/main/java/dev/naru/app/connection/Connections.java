package dev.naru.app.connection;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// All connections of a port. When one too many comes, the one goes whose last whole request lies
/// longest ago, or which has been there longest without one: a new caller gets in however many hold
/// on. A connection whose request is being answered stays.
///
/// Each event loop keeps the order of its own connections, without a lock; they are dealt out
/// evenly.
public final class Connections {
  private final int most;
  private final LoopLag lag = new LoopLag();
  private final AtomicInteger held = new AtomicInteger();
  private final LongAdder slow = new LongAdder();
  private final LongAdder displaced = new LongAdder();

  /// Those that owe a request, the longest first.
  private final FastThreadLocal<SequencedSet<Channel>> owing =
      new FastThreadLocal<>() {
        @Override
        protected SequencedSet<Channel> initialValue() {
          return new LinkedHashSet<>();
        }
      };

  Connections(int most) {
    this.most = most;
  }

  /// Connections closed because a request was not whole in time.
  public long slow() {
    return slow.sum();
  }

  /// Connections closed to make room for new ones.
  public long displaced() {
    return displaced.sum();
  }

  /// How long requests wait until anybody reads them, in milliseconds: a mean of about a second.
  public double lagMillis() {
    return lag.millis();
  }

  void opened(Channel channel) {
    lag.watch(channel.eventLoop());
    SequencedSet<Channel> mine = owing.get();
    mine.add(channel);
    if (held.incrementAndGet() > most) {
      displaced.increment();
      var _ = mine.removeFirst().close();
    }
  }

  /// A whole request has come.
  void asked(Channel channel) {
    owing.get().remove(channel);
  }

  /// All its requests have been answered.
  void answered(Channel channel) {
    if (channel.isActive()) {
      owing.get().add(channel);
    }
  }

  void endSlow(Channel channel) {
    slow.increment();
    owing.get().remove(channel);
    var _ = channel.close();
  }

  /// Some time after the order to close: others may come in between.
  void closed(Channel channel) {
    owing.get().remove(channel);
    held.decrementAndGet();
  }
}
