package dev.naru.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A gateway that sends text messages to nobody but the test.
final class TextMessages implements AutoCloseable {
  private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final HttpServer server;

  TextMessages() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          messages.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    server.start();
  }

  /// What stands in a page of providers.
  String provider() {
    return """
      - {id: sms, kind: phone-code, name: {ko: 문자, en: Text message}, capacity: 10,
         gateway: "http://127.0.0.1:%d/send", gatewayToken: {file: gateway.secret}, ownPeople: true}
    """
        .formatted(server.getAddress().getPort());
  }

  /// The next message.
  String next() {
    try {
      String message = messages.poll(10, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return String.valueOf(message);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The code in a message.
  static String code(String message) {
    Matcher found = CODE.matcher(message.replaceFirst("\"to\":\"\\d+\"", ""));
    assertThat(found.find()).as("a message with a code").isTrue();
    return found.group(1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
