package dev.naru.app.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Puts a watch on each connection of the public port. The web server has no place for that below
/// whole requests, so Netty's own is used: it makes this object.
public final class ConnectionGate extends ChannelInitializerExtension {
  private static final AtomicReference<@Nullable Watched> WATCHED = new AtomicReference<>();

  private record Watched(int port, Connections connections) {}

  /// To be called before anything uses Netty.
  ///
  /// @param port whose connections are watched
  /// @param most connections that are held at once
  /// @return the counts of what is closed
  public static Connections watch(int port, int most) {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    Connections connections = new Connections(most);
    WATCHED.set(new Watched(port, connections));
    return connections;
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    Watched watched = WATCHED.get();
    if (watched != null
        && channel.localAddress() instanceof InetSocketAddress local
        && local.getPort() == watched.port()) {
      channel.pipeline().addLast(new RequestWatch(watched.connections(), RequestWatch.LIMIT));
    }
  }
}
