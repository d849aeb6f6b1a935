package dev.naru.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.campaign.CampaignFile;
import dev.naru.booking.campaign.CampaignReading;
import dev.naru.rehearsal.forecast.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ForecastCommandTest {
  private static final Path EXAMPLE = Path.of("../examples/covid19-2021-18-49.yaml");

  @TempDir Path folder;

  @Test
  void theForecastIsOfTheCalendarThatWillBeApplied() throws IOException {
    CampaignReading reading = CampaignFile.read(Files.readString(EXAMPLE));
    Plan plan = ForecastCommand.plan(((CampaignReading.Read) reading).campaign());
    assertThat(plan.perMinute()).isEqualTo(33_000);
    assertThat(plan.bornFrom()).isEqualTo(LocalDate.of(1972, 1, 1));
    assertThat(plan.windows()).hasSize(11);
    assertThat(plan.windows().get(2))
        .isEqualTo(
            new Plan.Window(
                Set.of(1),
                Instant.parse("2021-08-11T10:30:00Z"),
                Instant.parse("2021-08-11T11:00:00Z"),
                Instant.parse("2021-08-12T09:00:00Z")));
    assertThat(plan.windows().getLast().digits()).isEmpty();
  }

  @Test
  void aForecastIsWrittenAsPageAndJson() throws IOException {
    Path report = folder.resolve("report");
    assertThat(run(EXAMPLE, residents(), "--report", report.toString(), "--per-node", "50"))
        .isEmpty();
    assertThat(report.resolve("forecast.json")).exists();
    assertThat(report.resolve("index.html")).content().contains("./naru forecast", "--per-node 50");
  }

  @Test
  void whatCannotBeForecastIsSaidInWords() throws IOException {
    assertThat(run(folder.resolve("none.yaml"), residents())).contains("none.yaml is not there");
    assertThat(run(EXAMPLE, folder.resolve("none.csv"))).contains("none.csv is not there");
    assertThat(run(EXAMPLE, EXAMPLE)).contains("the table of residents");
    assertThat(run(EXAMPLE, residents(), "--lobby", "0.5")).contains("the lobby holds 50%");
    assertThat(run(EXAMPLE, residents(), "--take-up", "2")).contains("take-up");
  }

  /// @return what was said of what went wrong
  private static String run(Path campaign, Path population, String... more) {
    CommandLine line = NaruCommand.commandLine();
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    String[] arguments = {"forecast", campaign.toString(), "--population", population.toString()};
    int status =
        line.execute(
            Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
    assertThat(status == 0).isEqualTo(err.toString().isEmpty());
    return err.toString();
  }

  /// One district in which a hundred people are of each age from 0 to 60.
  private Path residents() throws IOException {
    String month = "2021년10월_계_";
    String head =
        IntStream.rangeClosed(0, 60)
            .mapToObj(age -> "\"" + month + age + (age == 60 ? "세 이상\"" : "세\""))
            .collect(Collectors.joining(","));
    String people =
        IntStream.rangeClosed(0, 60).mapToObj(age -> "100").collect(Collectors.joining(","));
    return Files.writeString(
        folder.resolve("residents.csv"),
        "\"행정구역\",\"%1$s총인구수\",\"%1$s연령구간인구수\",%2$s\n\"가시 나구 (1111000000)\",6100,6100,%3$s\n"
            .formatted(month, head, people));
  }
}
