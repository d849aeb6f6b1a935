package dev.naru.rehearsal.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Connections that are open, and those of them that have nothing to do. A person's own connection
/// is kept for them until another person needs the room.
///
/// @param <R> what is sent over them
final class Pool<R> {
  /// Long enough for a server that recovers its database after a crash (5-12 s), short enough that
  /// a dead connection is noticed within a minute.
  private static final long IDLE_NANOS = 30_000_000_000L;

  private static final int CONNECT_MILLIS = 5_000;

  private final Bootstrap bootstrap;
  private final String host;
  private final int port;
  private final @Nullable SslContext tls;
  private final Connections connections;
  private final Set<Connection<R>> all = new HashSet<>();
  private final Deque<Connection<R>> idle = new ArrayDeque<>();
  private final Map<Integer, Connection<R>> idleOf = new LinkedHashMap<>();

  Pool(EventLoop loop, String host, int port, @Nullable SslContext tls, Connections connections) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.connections = connections;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .remoteAddress(new InetSocketAddress(host, port));
  }

  /// A connection that has nothing to do.
  ///
  /// @return null when none is left
  @Nullable Connection<R> idle(int person) {
    if (!connections.perPerson()) {
      return idle.pollLast();
    }
    return idleOf.remove(person);
  }

  /// Closes somebody's connection that has had nothing to do for longest, if no more may be open.
  void makeRoom() {
    Iterator<Connection<R>> longest = idleOf.values().iterator();
    if (all.size() >= connections.most() && longest.hasNext()) {
      Connection<R> closed = longest.next();
      longest.remove();
      closed.close();
    }
  }

  /// Opens one; what is sent meanwhile goes out as soon as it is there.
  void open(Connection<R> connection) {
    all.add(connection);
    ChannelFuture opening =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    SslContext secure = tls;
                    if (secure != null) {
                      channel.pipeline().addLast(secured(secure, channel));
                    }
                    channel.pipeline().addLast(connection);
                  }
                })
            .connect();
    var _ =
        opening.addListener(
            done -> {
              if (done.isSuccess()) {
                connection.opened(opening.channel());
              } else {
                connection.end();
              }
            });
  }

  private SslHandler secured(SslContext secure, SocketChannel channel) {
    SslHandler handler = secure.newHandler(channel.alloc(), host, port);
    SSLEngine engine = handler.engine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return handler;
  }

  /// It has nothing to do any more.
  void release(Connection<R> connection) {
    if (connections.perPerson()) {
      Connection<R> other = idleOf.put(connection.person(), connection);
      if (other != null) {
        other.close();
      }
    } else {
      idle.addLast(connection);
    }
  }

  void closed(Connection<R> connection) {
    all.remove(connection);
    idleOf.remove(connection.person(), connection);
  }

  /// Closes those on which nothing has happened for long: whoever waits there has no answer.
  void sweep(long now) {
    idle.removeIf(connection -> !connection.isUsable());
    for (Connection<R> connection : Set.copyOf(all)) {
      if (now - connection.since() > IDLE_NANOS) {
        connection.close();
      }
    }
  }

  void close() {
    Set.copyOf(all).forEach(Connection::close);
  }
}
