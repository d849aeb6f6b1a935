package dev.naru.rehearsal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
  private final ResponseReader reader = new ResponseReader();

  private @Nullable Answer read(String text, boolean ended) throws ProtocolException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return reader.read(bytes, bytes.length, ended);
  }

  private Answer whole(String text, boolean ended) throws ProtocolException {
    return Objects.requireNonNull(read(text, ended));
  }

  private static final String PLAIN =
      """
      HTTP/1.1 409 Conflict\r
      Content-Type: application/problem+json\r
      Retry-After: 7\r
      content-length: 29\r
      \r
      {"type":"urn:naru:slot-full"}""";

  private static final String CHUNKED =
      """
      HTTP/1.1 200 OK\r
      Transfer-Encoding: chunked\r
      \r
      5;x=y\r
      {"a":\r
      2\r
      1}\r
      0\r
      Trailer: x\r
      \r
      """;

  @Test
  void anAnswerIsReadWithItsReason() throws ProtocolException {
    Answer answer = whole(PLAIN, false);
    assertThat(answer.label()).isEqualTo("409 slot-full");
    assertThat(answer.retryAfterMillis()).isEqualTo(7_000);
    assertThat(reader.closes()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, CHUNKED})
  void anAnswerIsTheSameHoweverItIsCutIntoPieces(String text) throws ProtocolException {
    for (int cut = 0; cut < text.length(); cut++) {
      assertThat(read(text.substring(0, cut), false)).as("the first %s", cut).isNull();
    }
    assertThat(whole(text, false).bytes()).isNotEmpty();
    assertThat(reader.taken()).isEqualTo(text.length());
  }

  @Test
  void chunksArePutTogether() throws ProtocolException {
    assertThat(whole(CHUNKED, false).body().path("a").asInt()).isEqualTo(1);
  }

  @Test
  void whatHasNoLengthEndsWithTheConnection() throws ProtocolException {
    String text = "HTTP/1.1 200 OK\r\n\r\n[1]";
    assertThat(read(text, false)).isNull();
    assertThat(whole(text, true).body()).hasSize(1);
    assertThat(reader.closes()).isTrue();
  }

  @Test
  void interimAnswersAreSkippedAndNoContentHasNone() throws ProtocolException {
    String text =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: Close\r\n\r\n";
    assertThat(whole(text, false).status()).isEqualTo(204);
    assertThat(reader.closes()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6 Debian\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
      })
  void whatIsNoAnswerIsRefused(String text) {
    assertThatThrownBy(() -> read(text, false)).isInstanceOf(ProtocolException.class);
  }
}
