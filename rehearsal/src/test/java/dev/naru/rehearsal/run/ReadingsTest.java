package dev.naru.rehearsal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.naru.rehearsal.report.RunRecord.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  /// Read at the end, when nothing else has been.
  private static List<String> read(int status, String text) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = text.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    URI metrics = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/q/metrics");
    Readings readings = new Readings(metrics, null, 1);
    try (readings) {
      readings.start();
    } finally {
      server.stop(0);
    }
    return readings.series().stream().map(Series::name).toList();
  }

  @Test
  void theServersMetricsAreRead() throws IOException {
    assertThat(read(200, "# HELP\nnaru_booking_waiting 3.0\n")).contains("booking queue");
    assertThat(read(404, "naru_booking_waiting 3.0\n")).doesNotContain("booking queue");
  }

  /// It would be found out after the last person has gone, with the report lost.
  @Test
  void anAddressOfSomethingElseSpoilsNothing() throws IOException {
    assertThat(read(200, "<html>\n<body class=page>Not found</body>\n")).contains("crowd heap");
  }
}
