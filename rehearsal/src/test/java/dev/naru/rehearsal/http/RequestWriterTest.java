package dev.naru.rehearsal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
  private static String written(Request request) {
    ByteBuf out = Unpooled.buffer();
    new RequestWriter("naru.example", 8080, true).write(request, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRequestSaysWhoAsksAndFromWhere() {
    assertThat(
            written(
                Request.put("/api/v1/x?y=1")
                    .saying("name", "김\"a\\\n", "slot", "7")
                    .by("s1")
                    .with("p1")
                    .from(new UUID(0, 1))
                    .over(131_071)))
        .isEqualTo(
            """
            PUT /api/v1/x?y=1 HTTP/1.1\r
            Host: naru.example:8080\r
            X-Forwarded-For: 198.19.255.255\r
            Authorization: Bearer s1\r
            X-Naru-Pass: p1\r
            Cookie: naru_device=00000000-0000-0000-0000-000000000001\r
            Content-Type: application/json\r
            Content-Length: 36\r
            \r
            {"name":"김\\"a\\\\\\u000a","slot":"7"}""");
  }

  @Test
  void whatSaysNothingHasNoBody() {
    assertThat(written(Request.get("/a")))
        .isEqualTo("GET /a HTTP/1.1\r\nHost: naru.example:8080\r\n\r\n");
    assertThat(written(Request.post("/a"))).endsWith("Content-Length: 0\r\n\r\n");
  }
}
