package dev.naru.waitingroom.draw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.naru.waitingroom.draw.DrawVerify.Placed;
import dev.naru.waitingroom.draw.DrawVerify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawTest {
  private static final Seed SEED =
      Seed.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  /// The table in docs/draw.md, which was made by another program (in Python).
  static List<String[]> vectors() throws IOException {
    List<String[]> vectors = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/draw.md"))) {
      if (line.matches("\\| \\d.*")) {
        vectors.add(line.substring(1).strip().split("\\s*\\|\\s*", -1));
      }
    }
    return vectors;
  }

  @Test
  void theVectorsAreFound() throws IOException {
    assertThat(vectors()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theDocumentedVectorsHold(String size, String beacon, String number, String place) {
    Draw draw = new Draw(SEED, Long.parseLong(size), beacon.isEmpty() ? null : beacon);
    assertThat(draw.placeOf(Long.parseLong(number))).isEqualTo(Long.parseLong(place));
  }

  @Test
  void aVerifierInAnotherLanguageFindsTheSameVectors() throws IOException, InterruptedException {
    ProcessBuilder verifier =
        new ProcessBuilder("python3", "../docs/verify_draw.py", "vectors", "../docs/draw.md")
            .redirectErrorStream(true);
    Process run;
    try {
      run = verifier.start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: there is no python3 here");
      return;
    }
    String said = new String(run.getInputStream().readAllBytes(), UTF_8);
    assertThat(run.waitFor()).as(said).isZero();
    assertThat(said).contains(vectors().size() + " compared, 0 wrong");
  }

  @Test
  void theDocumentedCommitmentHolds() throws IOException {
    assertThat(Files.readString(Path.of("../docs/draw.md"))).contains(SEED.commitment());
  }

  @Test
  void whoeverComesLaterHasThePlaceOfTheirNumber() {
    Draw draw = new Draw(SEED, 10, null);
    assertThat(draw.placeOf(11)).isEqualTo(11);
    assertThat(draw.isLobby(10)).isTrue();
    assertThat(draw.isLobby(11)).isFalse();
    assertThat(new Draw(SEED, 0, null).placeOf(1)).isEqualTo(1);
  }

  @Test
  void seedSizeAndBeaconEachChangeTheOutcome() {
    List<Long> places = places(new Draw(SEED, 1_000, null));
    assertThat(places(new Draw(SEED, 1_000, "b"))).isNotEqualTo(places);
    assertThat(places(new Draw(SEED, 1_001, null))).isNotEqualTo(places);
    assertThat(places(new Draw(Seed.of(new byte[32]), 1_000, null))).isNotEqualTo(places);
  }

  private static List<Long> places(Draw draw) {
    List<Long> places = new ArrayList<>();
    for (long number = 1; number <= 20; number++) {
      places.add(draw.placeOf(number));
    }
    return places;
  }

  @Test
  void aSeedDoesNotShowItselfInLogs() {
    assertThat(SEED.toString()).doesNotContain(SEED.hex()).contains(SEED.commitment());
    assertThatThrownBy(() -> Seed.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Placed> tickets(long size, long all) {
    Draw draw = new Draw(SEED, size, "b");
    List<Placed> tickets = new ArrayList<>();
    for (long number = 1; number <= all; number++) {
      tickets.add(new Placed(number, draw.placeOf(number)));
    }
    return tickets;
  }

  private static Verdict verify(List<Placed> tickets) {
    return DrawVerify.verify(SEED.commitment(), SEED, 100, "b", tickets.iterator());
  }

  @Test
  void anHonestDrawIsRight() {
    assertThat(verify(tickets(100, 120))).isEqualTo(new Verdict.Right(120));
    assertThat(verify(tickets(100, 120).reversed())).isEqualTo(new Verdict.Right(120));
  }

  @Test
  void anotherSeedThanPromisedIsFound() {
    Verdict verdict =
        DrawVerify.verify(
            Seed.of(new byte[32]).commitment(), SEED, 100, "b", tickets(100, 100).iterator());
    assertThat(verdict).isInstanceOf(Verdict.Wrong.class).asString().contains("committed");
  }

  @Test
  void aBetteredPlaceIsFound() {
    List<Placed> tickets = tickets(100, 120);
    Placed better = new Placed(7, tickets.get(6).place() == 1 ? 2 : 1);
    tickets.set(6, better);
    assertThat(verify(tickets)).asString().contains("number 7 has place " + better.place());
  }

  @Test
  void missingAndDoubleNumbersAreFound() {
    List<Placed> tickets = tickets(100, 120);
    tickets.add(tickets.get(3));
    assertThat(verify(tickets)).asString().contains("number 4 is there twice");
    tickets.removeLast();
    tickets.remove(110);
    assertThat(verify(tickets)).asString().contains("number 111 is missing");
    assertThat(verify(tickets(100, 99))).asString().contains("the dump has 99 tickets");
    assertThat(verify(List.of(new Placed(0, 1)))).asString().contains("is not a number");
  }
}
