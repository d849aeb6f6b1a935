package dev.naru.common;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.common.paper.Paper;
import dev.naru.common.paper.PaperCheck;
import dev.naru.common.paper.PaperKeys;
import dev.naru.common.paper.PaperKind;
import dev.naru.common.paper.Papers;
import dev.naru.common.person.PersonKey;
import dev.naru.common.person.PersonKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PapersTest {
  private static final Instant NOW = Instant.parse("2021-08-09T11:00:00Z");
  private static final PersonKey PERSON = new PersonKeys(new byte[32]).of("ci");
  private static final byte[] FIRST = "1".repeat(32).getBytes(US_ASCII);
  private static final byte[] SECOND = "2".repeat(32).getBytes(US_ASCII);

  private final Papers papers = papers(NOW, Map.of(1, FIRST), 1);

  private static Papers papers(Instant now, Map<Integer, byte[]> keys, int current) {
    return new Papers(new PaperKeys(keys, current), InstantSource.fixed(now));
  }

  private static Paper ticket() {
    return new Paper(
        PaperKind.TICKET,
        "covid19-2021-18-49",
        PERSON,
        new UUID(1, 2),
        9,
        1_900_000,
        3,
        NOW.plusSeconds(600));
  }

  @Property(tries = 200)
  void aTokenComesBackAsThePaperItWasMadeFrom(
      @ForAll @IntRange(min = -1, max = 127) int cohort,
      @ForAll @LongRange(min = 0) long number,
      @ForAll @IntRange(min = 0, max = 32_767) int line,
      @ForAll @IntRange(min = 1, max = 32) int campaignLength) {
    Paper paper =
        new Paper(
            PaperKind.PASS,
            "c".repeat(campaignLength),
            PERSON,
            new UUID(number, line),
            cohort,
            number,
            line,
            NOW.plusSeconds(1));
    String token = papers.issue(paper);
    assertThat(token.length()).isLessThanOrEqualTo(200);
    assertThat(papers.verify(PaperKind.PASS, token)).isEqualTo(new PaperCheck.Valid(paper));
  }

  private static Paper helping(String campaign) {
    PersonKey helper = new PersonKeys(new byte[32]).of("somebody else");
    return new Paper(
        PaperKind.HELPING, campaign, PERSON, new UUID(1, 2), 9, 0, 0, NOW.plusSeconds(600), helper);
  }

  @Test
  void aHelpingNamesItsHelperAndNothingElseDoes() {
    Paper helping = helping("c".repeat(32));
    String token = papers.issue(helping);
    assertThat(token).hasSize(223);
    assertThat(papers.verify(PaperKind.HELPING, token)).isEqualTo(new PaperCheck.Valid(helping));
    assertThat(papers.verify(PaperKind.SESSION, token)).isEqualTo(new PaperCheck.Forged());
    assertThatThrownBy(
            () ->
                new Paper(
                    PaperKind.HELPING, "c", PERSON, new UUID(1, 2), 9, 0, 0, helping.expires()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Paper(
                    PaperKind.SESSION,
                    "c",
                    PERSON,
                    new UUID(1, 2),
                    9,
                    0,
                    0,
                    helping.expires(),
                    PERSON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyBitOfAHelpingIsGuarded() {
    byte[] token = Base64.getUrlDecoder().decode(papers.issue(helping("flu")));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] altered = token.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(papers.verify(PaperKind.HELPING, encode(altered)))
          .as("bit %d", bit)
          .isEqualTo(new PaperCheck.Forged());
    }
  }

  @Test
  void aPaperOfOneKindIsNeverOneOfAnother() {
    String token = papers.issue(ticket());
    for (PaperKind kind : PaperKind.values()) {
      PaperCheck check = papers.verify(kind, token);
      if (kind == PaperKind.TICKET) {
        assertThat(check).isInstanceOf(PaperCheck.Valid.class);
      } else {
        assertThat(check).isEqualTo(new PaperCheck.Forged());
      }
    }
  }

  @Test
  void itExpiresInTheSecondItSays() {
    String token = papers.issue(ticket());
    Map<Integer, byte[]> keys = Map.of(1, FIRST);
    assertThat(papers(NOW.plusSeconds(600).minusMillis(1), keys, 1).verify(PaperKind.TICKET, token))
        .isEqualTo(new PaperCheck.Valid(ticket()));
    assertThat(papers(NOW.plusSeconds(600), keys, 1).verify(PaperKind.TICKET, token))
        .isEqualTo(new PaperCheck.Expired(ticket()));
  }

  @Test
  void everySingleBitIsGuarded() {
    byte[] token = Base64.getUrlDecoder().decode(papers.issue(ticket()));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] altered = token.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(papers.verify(PaperKind.TICKET, encode(altered)))
          .as("bit %d", bit)
          .isEqualTo(new PaperCheck.Forged());
    }
  }

  @Test
  void truncatedPaddedAndRespelledTokensAreForged() {
    String token = papers.issue(ticket());
    Set<String> forged = new HashSet<>();
    for (int length = 0; length < token.length(); length++) {
      forged.add(token.substring(0, length));
    }
    forged.add(token + "A");
    forged.add(token + "=");
    forged.add(token + "\n");
    forged.add(" " + token);
    forged.add(token + token);
    forged.add("x".repeat(100_000));
    forged.add(respelled(token));
    for (String text : forged) {
      assertThat(papers.verify(PaperKind.TICKET, text)).isEqualTo(new PaperCheck.Forged());
    }
    assertThat(papers.verify(PaperKind.TICKET, null)).isEqualTo(new PaperCheck.Forged());
  }

  /// The last character of base64 carries spare bits: another one decodes to the same bytes.
  private static String respelled(String token) {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      String other = token.substring(0, token.length() - 1) + alphabet.charAt(i);
      if (!other.equals(token) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
        return other;
      }
    }
    return token + "AA";
  }

  @Property
  void noTextMakesTheVerifierThrow(@ForAll String text) {
    assertThat(papers.verify(PaperKind.SESSION, text)).isEqualTo(new PaperCheck.Forged());
  }

  @Test
  void keysRotateWithoutABreak() {
    String old = papers.issue(ticket());
    Papers rotated = papers(NOW, Map.of(1, FIRST, 2, SECOND), 2);
    assertThat(rotated.verify(PaperKind.TICKET, old)).isEqualTo(new PaperCheck.Valid(ticket()));
    String fresh = rotated.issue(ticket());
    assertThat(rotated.verify(PaperKind.TICKET, fresh)).isEqualTo(new PaperCheck.Valid(ticket()));
    assertThat(papers.verify(PaperKind.TICKET, fresh)).isEqualTo(new PaperCheck.Forged());
    Papers retired = papers(NOW, Map.of(2, SECOND), 2);
    assertThat(retired.verify(PaperKind.TICKET, old)).isEqualTo(new PaperCheck.Forged());
  }

  @Test
  void papersThatAreInUseGoOnWithOtherKeys() {
    Papers inUse = papers(NOW, Map.of(1, FIRST), 1);
    String old = inUse.issue(ticket());
    inUse.renew(new PaperKeys(Map.of(1, FIRST, 2, SECOND), 2));
    assertThat(inUse.verify(PaperKind.TICKET, old)).isEqualTo(new PaperCheck.Valid(ticket()));
    assertThat(inUse.issue(ticket())).isNotEqualTo(old);
    inUse.renew(new PaperKeys(Map.of(2, SECOND), 2));
    assertThat(inUse.verify(PaperKind.TICKET, old)).isEqualTo(new PaperCheck.Forged());
  }

  @Test
  void anotherSecretUnderTheSameIdVerifiesNothing() {
    String foreign = papers(NOW, Map.of(1, SECOND), 1).issue(ticket());
    assertThat(papers.verify(PaperKind.TICKET, foreign)).isEqualTo(new PaperCheck.Forged());
  }

  @Test
  void weakOrMissingKeysAreRefused() {
    assertThatThrownBy(() -> new PaperKeys(Map.of(1, new byte[31]), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PaperKeys(Map.of(1, FIRST), 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PaperKeys(Map.of(256, FIRST), 256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
