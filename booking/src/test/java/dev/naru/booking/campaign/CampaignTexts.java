package dev.naru.booking.campaign;

import dev.naru.common.yaml.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Campaign files for tests.
public final class CampaignTexts {
  /// Two products, two rotation days of five digits each, an open phase.
  public static final String SMALL =
      """
      campaign: small
      name: {ko: 작은 캠페인, en: A small campaign}
      zone: Asia/Seoul
      eligible:
        born: {from: 1990-01-01, to: 1999-12-31}
      products:
        - id: one
          name: {ko: 하나, en: One}
        - id: two
          name: {ko: 둘, en: Two}
          doses: 2
          intervalDays: 7
          latestDays: 8
          bookedTogether: true
      rotation:
        by: last-digit-of-birth-day
        first: 2026-03-02
        days: 2
        opens: "20:00"
        closes: "18:00"
        digits: [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
      openPhase:
        from: 2026-03-04T20:00
        to: 2026-03-10 18:00:30
      lobby: {opensBefore: 10m}
      line: {admitPerMinute: 60}
      supply:
        from: 2026-03-09
        to: 2026-03-13
        perHalfHour: {one: 3, two: 2}
        holidays: [2026-03-11]
        closedWeekdays: [Sa, Su]
      """;

  /// The same with a third product, of one dose, for the people of the list `staff` alone.
  public static final String LISTED =
      SMALL
              .replace(
                  "rotation:",
                  """
                    - id: three
                      name: {ko: 셋, en: Three}
                      only: [staff]
                  rotation:""")
              .replace("two: 2}", "two: 2, three: 1}")
          + """
          lists:
            - {id: staff, name: {ko: 의료진, en: medical staff}}
          """;

  private CampaignTexts() {}

  /// A file that ships with the product.
  public static String example(String name) {
    try {
      return Files.readString(Path.of("..", "examples", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The campaign of a text that is right.
  public static Campaign read(String text) {
    return switch (CampaignFile.read(text)) {
      case CampaignReading.Read read -> read.campaign();
      case CampaignReading.Mistakes mistakes ->
          throw new AssertionError(mistakes.mistakes().stream().map(Mistake::text).toList());
    };
  }
}
