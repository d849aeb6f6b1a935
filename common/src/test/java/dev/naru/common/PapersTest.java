package dev.naru.common;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PapersTest {
  private static final Instant NOW = Instant.parse("2021-08-09T11:00:00Z");
  private final Papers papers = papers(NOW);

  private static Papers papers(Instant now) {
    return new Papers(
        new PaperKeys(Map.of(1, new byte[32], 2, "x".repeat(32).getBytes(US_ASCII)), 2),
        InstantSource.fixed(now));
  }

  private static Paper paper() {
    return new Paper(
        PaperKind.TICKET,
        "covid19-2021-18-49-and-32-letters",
        new PersonKeys(new byte[32]).of("ci"),
        UUID.fromString("00000000-0000-4000-8000-000000000001"),
        9,
        1_900_000,
        3,
        NOW.plusSeconds(600));
  }

  @Test
  void aTokenComesBackAsThePaperItWasMadeFrom() {
    Paper paper =
        new Paper(
            PaperKind.TICKET,
            "c".repeat(32),
            paper().person(),
            paper().session(),
            9,
            1_900_000,
            3,
            paper().expires());
    String token = papers.issue(paper);
    assertThat(token.length()).isLessThanOrEqualTo(200);
    assertThat(papers.verify(PaperKind.TICKET, token)).isEqualTo(new PaperCheck.Valid(paper));
  }
}
