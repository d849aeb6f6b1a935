package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Somebody who sends half a request and holds on.
final class SlowCaller implements Closeable {
  static final String HEAD = "GET /api/v1/campaigns HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  static final String BODY =
      "POST /api/v1/identity/quick/start HTTP/1.1\r\nHost: x\r\n"
          + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";

  private final SocketChannel connection;

  /// @param half request
  SlowCaller(URI server, String half) throws IOException {
    connection = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
    send(half);
    connection.configureBlocking(false);
  }

  private void send(String text) throws IOException {
    connection.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  /// @return false when the server has closed the connection
  boolean trickles() {
    try {
      send("a");
      return holds();
    } catch (IOException e) {
      return false;
    }
  }

  /// @return false when the server has closed the connection
  boolean holds() {
    ByteBuffer answer = ByteBuffer.allocate(4_096);
    try {
      int read;
      do {
        read = connection.read(answer.clear());
      } while (read > 0);
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// A whole request, and half of the next.
  static SlowCaller second(URI server) throws IOException {
    SlowCaller caller = new SlowCaller(server, "GET /mark.svg HTTP/1.1\r\nHost: x\r\n\r\n");
    NaruProcess.pause(Duration.ofSeconds(1));
    caller.send(HEAD);
    return caller;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
