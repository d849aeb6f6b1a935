package dev.naru.booking.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/// Whatever is given to the reader, it answers.
class CampaignFileFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "\n",
          " ",
          "- ",
          ": ",
          "{",
          "}",
          "[",
          "]",
          "&a ",
          "*a",
          "!!int ",
          "!x ",
          "|",
          ">",
          "? ",
          "'",
          "\"",
          "#",
          "%YAML 1.1\n",
          "---\n",
          "...\n",
          "\t",
          "\u0000",
          "\ufeff",
          "\ud800",
          "null",
          "~",
          "2021-02-30",
          "99999999999",
          "-1",
          "1e9",
          "T",
          "Z",
          "+18:00",
          "24:00",
          ",",
          "<<",
          "😀",
          "days",
          "digits",
          "-999999999-01-01",
          "1h1h",
          "9999h");

  private static void answers(String text) {
    switch (CampaignFile.read(text)) {
      case CampaignReading.Read read -> assertThat(read.campaign().supplyPlan()).isNotNull();
      case CampaignReading.Mistakes mistakes ->
          assertThat(mistakes.mistakes())
              .isNotEmpty()
              .allSatisfy(
                  mistake -> {
                    assertThat(mistake.line()).isPositive();
                    assertThat(mistake.column()).isPositive();
                    assertThat(mistake.text()).hasSizeLessThan(1_000);
                  });
    }
  }

  @Property(tries = 500)
  void anyTextIsAnswered(@ForAll String text) {
    answers(text);
  }

  @Property(tries = 500)
  void anyBytesAreAnswered(@ForAll @Size(max = 300) byte[] bytes) {
    answers(new String(bytes, UTF_8));
    answers(new String(bytes, ISO_8859_1));
  }

  @Property(tries = 3_000)
  void aFileWithPiecesPutInAndTakenOutIsAnswered(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(CampaignTexts.SMALL);
    int edits = 1 + random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.delete(at, Math.min(text.length(), at + random.nextInt(12)));
      }
      if (random.nextInt(3) > 0) {
        text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    answers(text.toString());
  }
}
