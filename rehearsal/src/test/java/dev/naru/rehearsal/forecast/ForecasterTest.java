package dev.naru.rehearsal.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.naru.rehearsal.forecast.Forecast.Day;
import dev.naru.rehearsal.forecast.Forecast.District;
import dev.naru.rehearsal.forecast.Plan.Window;
import dev.naru.rehearsal.residents.ResidentTable;
import dev.naru.rehearsal.residents.Residents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecasterTest {
  private static final Path REAL =
      Path.of("../../shared/data/population/mois_population_by_age_202110_cp949.csv");

  @TempDir Path folder;

  @Test
  void everyDigitHasItsDayAndWhoStaysAwayComesLater() {
    Forecast forecast = forecast(EligibleTest.residents(36_500, 3_650), 0.9, OptionalLong.empty());
    assertThat(forecast.days()).hasSize(11);
    assertThat(forecast.days().getFirst().opens()).isEqualTo("2021-08-09 20:00");
    assertThat(forecast.busiest().digits()).containsExactly(1);
    assertThat(forecast.busiest().people()).isEqualTo(Math.round((4_300 + 430) * 0.9));
    assertThat(forecast.days().getLast().people())
        .isCloseTo(Math.round(40_150 * 0.1 * 0.9), within(5L));
    assertThat(forecast.days().stream().mapToLong(Day::people).sum())
        .isCloseTo(Math.round(40_150 * 0.99), within(10L));
    for (Day day : forecast.days()) {
      assertThat(day.districts().stream().mapToLong(District::people).sum())
          .isEqualTo(day.people());
    }
  }

  @Test
  void thePaceIsThatOfTheBusiestDayAndNotOfALongerWindow() {
    Forecast forecast = forecast(EligibleTest.residents(3_650_000), 0.95, OptionalLong.empty());
    double lobbyAlone = 430_000 * 0.95 * 0.2 / 30;
    assertThat(forecast.wanted().waitSeconds()).isEqualTo(1_800);
    assertThat((double) forecast.wanted().perMinute()).isBetween(lobbyAlone, lobbyAlone * 1.1);
    assertThat(forecast.rotations().getLast().perMinute()).isEqualTo(forecast.wanted().perMinute());
  }

  @Test
  void theSameSeedGivesTheSameForecast() {
    Residents residents = EligibleTest.residents(36_500, 3_650);
    assertThat(forecast(residents, 1, OptionalLong.empty()))
        .isEqualTo(forecast(residents, 1, OptionalLong.empty()));
  }

  @Test
  void aShorterWaitAndFewerDaysTakeMoreNodes() {
    Forecast forecast = forecast(EligibleTest.residents(365_000), 1, OptionalLong.empty());
    assertThat(forecast.paces())
        .isSortedAccordingTo((a, b) -> Integer.compare(b.perMinute(), a.perMinute()));
    assertThat(forecast.rotations())
        .hasSize(10)
        .isSortedAccordingTo((a, b) -> Long.compare(b.largest(), a.largest()));
    assertThat(forecast.wanted().nodes())
        .isEqualTo((int) Math.ceil(forecast.wanted().perMinute() / 60.0 / 5));
  }

  @Test
  void nobodyEligibleIsSaidInWords() {
    Residents residents =
        new Residents(
            LocalDate.of(2021, 10, 31),
            List.of(new Residents.District("11110", "구", List.of(5, 5))));
    assertThatThrownBy(() -> forecast(residents, 1, OptionalLong.empty()))
        .hasMessageContaining("nobody in the table");
  }

  @Test
  void theReportIsAPageAndJson() throws IOException {
    Forecast forecast = forecast(EligibleTest.residents(36_500, 3_650), 1, OptionalLong.empty());
    Path page = ForecastFiles.write(folder.resolve("f"), forecast);
    assertThat(page)
        .content()
        .contains("요약:", "published in August 2021", "구 36500", "Again")
        .doesNotContain("<script", "src=", "href=", "NaN");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("f/forecast.json").toFile());
    assertThat(json.path("days").size()).isEqualTo(10);
    assertThat(json.at("/days/2/series/arrivals").size()).isPositive();
  }

  /// 16 million were left to be vaccinated; the government said: at most 1.9 million a day, and 30
  /// to 50 minutes at 2 million an hour.
  @Test
  void theEstimateOfAugust2021ComesOut() throws IOException {
    assumeTrue(Files.exists(REAL), REAL + " is not there: skipped");
    Residents residents = ResidentTable.read(Files.readAllBytes(REAL));
    Forecast forecast = forecast(residents, 1, OptionalLong.of(16_000_000));
    assertThat(forecast.residents()).isEqualTo(51_662_290);
    assertThat(forecast.eligible()).isEqualTo(16_000_000);
    assertThat(forecast.busiest().opens()).startsWith("2021-08-11");
    assertThat(forecast.busiest().people()).isCloseTo(1_900_000, within(30_000L));
    assertThat(forecast.days().stream().mapToLong(Day::people).sum()).isEqualTo(16_000_000);
    assertThat(forecast.everybodyAtOnce() / 60).isBetween(50.0, 60.0);
    assertThat(forecast.busiest().waits().max() / 60).isLessThan(50);
  }

  private static Forecast forecast(Residents residents, double takeUp, OptionalLong eligible) {
    Assumptions assumed =
        new Assumptions(
            eligible,
            takeUp,
            0.2,
            Arrivals.Decay.AUGUST_2021,
            33_333,
            5,
            Duration.ofMinutes(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(120),
            1);
    return Forecaster.forecast(august2021(), residents, assumed, "./naru forecast");
  }

  private static Plan august2021() {
    List<Window> windows = new ArrayList<>();
    Instant first = Instant.parse("2021-08-09T11:00:00Z");
    for (int day = 0; day < 10; day++) {
      Instant opens = first.plus(Duration.ofDays(day));
      windows.add(window(Set.of((9 + day) % 10), opens, Duration.ofHours(22)));
    }
    windows.add(window(Set.of(), first.plus(Duration.ofDays(10)), Duration.ofDays(29)));
    return new Plan(
        August2021.CAMPAIGN,
        "August 2021",
        ZoneId.of("Asia/Seoul"),
        LocalDate.of(1972, 1, 1),
        LocalDate.of(2003, 12, 31),
        windows,
        33_333);
  }

  private static Window window(Set<Integer> digits, Instant opens, Duration length) {
    return new Window(digits, opens.minus(Duration.ofMinutes(30)), opens, opens.plus(length));
  }
}
