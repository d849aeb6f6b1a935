package dev.naru.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever comes in, the answer is a clear one and the server stays well.
@ExtendWith(SharedNaru.class)
class BadInputTest {
  private static final String START = "/api/v1/identity/quick/start";
  private static final String COMPLETE = "/api/v1/identity/quick/complete";
  private static final String LINE = "/api/v1/campaigns/" + SharedNaru.OPEN + "/line";
  private static final String ADMISSION = "/api/v1/campaigns/" + SharedNaru.OPEN + "/admission";
  private static final String APPOINTMENT = "/api/v1/appointments/" + UUID.randomUUID();

  /// More than the longest body, less than what fills the socket before the answer comes.
  private static final int LARGE = 20_000;

  private static void isCalm(Answer answer, String what) {
    assertThat(answer.status()).as("%s: %s", what, answer.text()).isLessThan(500);
    assertThat(answer.text())
        .as(what)
        .doesNotContain("Exception", "\tat ", "dev.naru", "com.fasterxml", "org.postgresql");
  }

  @Test
  void brokenJsonIsRefused(NaruProcess naru) throws IOException {
    Path suite = SharedFiles.path("conformance/JSONTestSuite/test_parsing");
    Http http = new Http(naru.uri());
    List<Path> files;
    try (Stream<Path> all = Files.list(suite)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(300);
    for (Path file : files) {
      byte[] body = Files.readAllBytes(file);
      for (String path : List.of(START, COMPLETE, APPOINTMENT, ADMISSION)) {
        String method = path.equals(APPOINTMENT) ? "PUT" : "POST";
        Answer answer = http.sendRaw(method, path, body, Map.of());
        isCalm(answer, file.getFileName() + " to " + path);
        assertThat(answer.status())
            .as("%s to %s: %s", file.getFileName(), path, answer.text())
            .isIn(400, 401, 413);
      }
    }
  }

  @Test
  void unknownFieldsAreNamed(NaruProcess naru) {
    Http http = new Http(naru.uri());
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    Map<String, String> session = Map.of("Authorization", "Bearer " + citizen.session());
    Map<String, Object> full = new HashMap<>();
    full.put("campaign", SharedNaru.OPEN);
    full.put("slot", "1");
    full.put("vip", true);
    isNamed(http.send("PUT", APPOINTMENT, full, session), "vip");
    isNamed(
        http.send("PUT", APPOINTMENT + "/slot", Map.of("slot", "1", "vip", "1"), session), "vip");
    isNamed(http.send("POST", ADMISSION, Map.of("ticket", "x", "vip", "1"), session), "vip");
    isNamed(http.send("POST", START, Map.of("campaign", "open", "vip", "1"), Map.of()), "vip");
    isNamed(http.send("POST", START, Map.of("campaign", 7), Map.of()), "campaign");
    isNamed(http.send("PUT", APPOINTMENT, Map.of("campaign", "open"), session), "slot");
    isNamed(http.send("PUT", APPOINTMENT, Map.of("slot", "1"), session), "campaign");
    isNamed(http.send("PUT", "/api/v1/appointments/7", Map.of(), session), "id");
    isNamed(http.send("POST", ADMISSION, Map.of(), session), "ticket");
    isNamed(citizen.sites("?near=here"), "near");
    isNamed(citizen.sites("?limit=1000000"), "limit");
    isNamed(citizen.sites("?from=2021-02-30"), "from");
  }

  private static void isNamed(Answer answer, String field) {
    answer.refusedAs(400, "malformed");
    assertThat(answer.text("field")).as(answer.text()).isEqualTo(field);
    assertThat(answer.text("detail")).contains(field);
  }

  @Test
  void largeRequestsAreRefused(NaruProcess naru) {
    Http http = new Http(naru.uri());
    Map<String, String> body = Map.of("campaign", "x".repeat(LARGE));
    for (String path : List.of(START, COMPLETE, ADMISSION)) {
      assertThat(answered(() -> http.send("POST", path, body, Map.of())).status())
          .as(path)
          .isEqualTo(413);
    }
    assertThat(answered(() -> http.send("PUT", APPOINTMENT, body, Map.of())).status())
        .isEqualTo(413);
    assertThat(http.get("/api/v1/me", Map.of("X-Large", "x".repeat(LARGE))).status())
        .isIn(400, 431);
    assertThat(http.get("/api/v1/campaigns?x=" + "x".repeat(LARGE)).status()).isIn(400, 414);
  }

  /// Who closes while the other still sends may take the answer along (RFC 9112, 9.6).
  private static Answer answered(Supplier<Answer> asking) {
    UncheckedIOException last = null;
    for (int tries = 0; tries < 5; tries++) {
      try {
        return asking.get();
      } catch (UncheckedIOException e) {
        last = e;
      }
    }
    throw new AssertionError("five times without an answer", last);
  }

  @Test
  void naughtyStringsHarmNothing(NaruProcess naru) throws IOException {
    Path list = SharedFiles.path("conformance/blns/blns.json");
    Http http = new Http(naru.uri());
    Citizen citizen = Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted();
    Map<String, String> papers =
        Map.of("Authorization", "Bearer " + citizen.session(), "X-Naru-Pass", citizen.pass());
    Citizen named = Citizen.anybody(naru.uri(), SharedNaru.OPEN);
    int accepted = 0;
    for (var naughty : Answer.JSON.readTree(Files.readString(list, UTF_8))) {
      String text = naughty.asText();
      Answer verified = named.verifyAs(text);
      isCalm(verified, "name " + text);
      accepted += verified.status() == 200 ? 1 : 0;
      String encoded = Citizen.encode(text);
      String campaign = "/api/v1/campaigns/" + SharedNaru.OPEN;
      for (String path :
          List.of(
              "/api/v1/appointments/" + encoded,
              "/api/v1/appointments/" + encoded + ".ics",
              "/api/v1/campaigns/" + encoded + "/line",
              campaign + "/sites/" + encoded + "/slots?date=" + encoded,
              campaign + "/sites?region=" + encoded,
              campaign + "/sites?near=" + encoded + "&after=" + encoded)) {
        isCalm(http.get(path, papers), path);
      }
      isCalm(
          http.send(
              "PUT", APPOINTMENT, Map.of("campaign", text, "slot", text, "pass", text), papers),
          "booking of " + text);
      isCalm(http.send("POST", ADMISSION, Map.of("ticket", text), papers), "ticket " + text);
    }
    assertThat(accepted).as("most of them can be somebody's name").isGreaterThan(100);
  }

  /// Bypass B12: half a request occupies nobody's place.
  @Test
  void slowCallersHoldUpNobody(NaruProcess naru) throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(naru.uri().getHost(), naru.uri().getPort());
        slow.add(socket);
        OutputStream out = socket.getOutputStream();
        String half =
            i % 2 == 0
                ? "GET " + LINE + " HTTP/1.1\r\nHost: x\r\nX-Slow: "
                : "POST "
                    + START
                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{";
        out.write(half.getBytes(UTF_8));
        out.flush();
      }
      long since = System.nanoTime();
      Citizen.anybody(naru.uri(), SharedNaru.OPEN).admitted().sites("").must(200);
      assertThat((System.nanoTime() - since) / 1e9).as("seconds").isLessThan(10);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
