package dev.naru.common.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GzipTest {
  @Property(tries = 200)
  void whatIsPackedIsTheSameAfterwards(@ForAll @Size(max = 20_000) byte[] plain)
      throws IOException {
    try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(Gzip.pack(plain)))) {
      assertThat(packed.readAllBytes()).isEqualTo(plain);
    }
  }

  @Test
  void aVirtualThreadPacksTheSame() throws InterruptedException {
    byte[] plain = "line".repeat(5_000).getBytes(UTF_8);
    AtomicReference<byte[]> packed = new AtomicReference<>();
    Thread.ofVirtual().start(() -> packed.set(Gzip.pack(plain))).join();
    assertThat(packed.get()).isEqualTo(Gzip.pack(plain));
  }

  @Test
  void onlyWhoSaysSoReadsGzip() {
    assertThat(Gzip.isTaken("gzip, deflate, br")).isTrue();
    assertThat(Gzip.isTaken("br;q=1.0, GZIP;q=0.8")).isTrue();
    assertThat(Gzip.isTaken("gzip;q=0")).isFalse();
    assertThat(Gzip.isTaken("identity")).isFalse();
    assertThat(Gzip.isTaken(null)).isFalse();
  }
}
