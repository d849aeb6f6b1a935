package dev.naru.identity.provider.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.identity.provider.ProviderTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RemoteTest {
  private static final String HEADERS =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

  private final Remote remote = new Remote();

  /// Headers at once, then a letter now and then, until the other side has hung up.
  ///
  /// @return completed when it has
  private static CompletableFuture<Void> trickle(ServerSocket server) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket socket = server.accept();
              OutputStream out = socket.getOutputStream()) {
            out.write(HEADERS.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1000; i++) {
              out.write(' ');
              out.flush();
              TimeUnit.MILLISECONDS.sleep(50);
            }
            throw new AssertionError("nobody hung up");
          } catch (IOException e) {
            // As it should be.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  @Timeout(20)
  void anAnswerThatBeginsButDoesNotEndIsGivenUpAndHungUpOn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> hungUp = trickle(server);
      long since = System.nanoTime();
      assertThatThrownBy(
              () ->
                  remote.get(
                      URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Map.of()))
          .isInstanceOf(ProviderTrouble.class)
          .hasMessage("127.0.0.1 took too long");
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(8));
      hungUp.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void whoCannotBeReachedIsNamedAndWhy() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThatThrownBy(() -> remote.get(URI.create("http://127.0.0.1:" + port + "/"), Map.of()))
        .isInstanceOf(ProviderTrouble.class)
        .hasMessage("127.0.0.1 cannot be reached: java.net.ConnectException");
  }
}
