package dev.naru.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.text.Language;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void theBestLanguageIsTakenAndKoreanWhenNoneFits() {
    assertThat(Language.preferred(null)).isEqualTo(Language.KO);
    assertThat(Language.preferred("en-US,en;q=0.9,ko;q=0.8")).isEqualTo(Language.EN);
    assertThat(Language.preferred("fr, ko;q=0.5, en;q=0.4")).isEqualTo(Language.KO);
    assertThat(Language.preferred("fr")).isEqualTo(Language.KO);
    assertThat(Language.preferred(";;;=")).isEqualTo(Language.KO);
    assertThat(Language.preferred("en,".repeat(1000))).isEqualTo(Language.KO);
  }

  @Test
  void aWindowIsOpenFromItsOpeningToJustBeforeItsClosing() {
    Instant opens = Instant.parse("2021-08-09T11:00:00Z");
    Instant closes = Instant.parse("2021-08-10T09:00:00Z");
    BookingWindow window =
        new BookingWindow(0, Set.of(9), opens.minusSeconds(1800), opens, closes, 1, 10);
    assertThat(window.isOpen(opens.minusMillis(50))).isFalse();
    assertThat(window.isOpen(opens)).isTrue();
    assertThat(window.isOpen(closes.minusMillis(1))).isTrue();
    assertThat(window.isOpen(closes)).isFalse();
    assertThat(window.isJoinable(opens.minusSeconds(1801))).isFalse();
    assertThat(window.isJoinable(opens.minusSeconds(1800))).isTrue();
    assertThat(window.admits(9)).isTrue();
    assertThat(window.admits(8)).isFalse();
    assertThat(window.admits(-1)).isFalse();
  }
}
