package dev.naru.app.command;

import dev.naru.booking.campaign.Campaign;
import dev.naru.booking.campaign.CampaignFile;
import dev.naru.booking.campaign.CampaignReading;
import dev.naru.common.yaml.Mistake;
import dev.naru.rehearsal.forecast.Arrivals;
import dev.naru.rehearsal.forecast.Assumptions;
import dev.naru.rehearsal.forecast.Forecast;
import dev.naru.rehearsal.forecast.ForecastFiles;
import dev.naru.rehearsal.forecast.Forecaster;
import dev.naru.rehearsal.forecast.Plan;
import dev.naru.rehearsal.forecast.Trace;
import dev.naru.rehearsal.report.RunFiles;
import dev.naru.rehearsal.residents.ResidentTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What an opening will be like, before there is anything to measure.
@Command(
    name = "forecast",
    mixinStandardHelpOptions = true,
    description = {
      "Forecasts the line of every day of a campaign: who comes, how long they wait, when all are"
          + " done, what pace and how many nodes a shorter wait takes, what another rotation would"
          + " do.",
      "Writes a page with plots and forecast.json when --report names a folder (docs/forecast.md)."
    })
final class ForecastCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign file.")
  private Path campaign = Path.of("");

  @Option(
      names = "--population",
      required = true,
      paramLabel = "FILE",
      description = "Residents by district and single year of age, as the ministry publishes them.")
  private Path population = Path.of("");

  @Option(
      names = "--within",
      paramLabel = "CODE",
      defaultValue = "",
      description = "Only the districts whose code begins so, such as 41 or 41111 (default: all).")
  private String within = "";

  @Option(
      names = "--eligible",
      paramLabel = "PEOPLE",
      description = "How many still want an appointment (default: all residents of the ages).")
  private @Nullable Long eligible;

  @Option(
      names = "--take-up",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "Which share comes in its first window (default: ${DEFAULT-VALUE}, all).")
  private double takeUp;

  @Option(
      names = "--lobby",
      paramLabel = "SHARE",
      defaultValue = "0.2",
      description = "Which share of a day waits before its opening (default: ${DEFAULT-VALUE}).")
  private double lobby;

  @Option(
      names = "--first-half-hour",
      paramLabel = "SHARE",
      defaultValue = "0.4",
      description = "Which share of a day comes by then (default: ${DEFAULT-VALUE}, August 2021).")
  private double firstHalfHour;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Arrivals by minute that somebody has measured (period,count) instead.")
  private @Nullable Path trace;

  @Option(
      names = "--trace-from",
      paramLabel = "MOMENT",
      description = "Where the opening is in it (default: where it rises to its peak).")
  private @Nullable LocalDateTime traceFrom;

  @Option(
      names = "--pace",
      paramLabel = "PEOPLE",
      description = "How many are called in a minute (default: what the campaign file says).")
  private @Nullable Integer pace;

  @Option(
      names = "--per-node",
      paramLabel = "PEOPLE",
      defaultValue = "0",
      description = "How many people a second one node carries through, as you have measured.")
  private double perNode;

  @Option(
      names = "--measured",
      paramLabel = "DIR",
      description = "Instead: the report of a rehearsal against one node; its best minute counts.")
  private @Nullable Path measured;

  @Option(
      names = "--wait",
      paramLabel = "MINUTES",
      defaultValue = "30",
      description = "The longest wait you want (default: ${DEFAULT-VALUE}).")
  private double waitMinutes;

  @Option(
      names = "--think",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Median time from the call to the booking (default: ${DEFAULT-VALUE}).")
  private long think;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed gives the same forecast (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--report", paramLabel = "DIR", description = "Where page and JSON go.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    return switch (CampaignFile.read(Files.readString(present(campaign)))) {
      case CampaignReading.Mistakes(List<Mistake> mistakes) -> {
        mistakes.forEach(mistake -> System.err.println(campaign + ": " + mistake.text()));
        yield 1;
      }
      case CampaignReading.Read(Campaign read) -> {
        forecast(read);
        yield 0;
      }
    };
  }

  private void forecast(Campaign read) throws IOException {
    Forecast forecast =
        Forecaster.forecast(
            plan(read),
            ResidentTable.read(Files.readAllBytes(present(population))).within(within),
            assumptions(read),
            commandLine());
    ForecastScreen.show(forecast);
    if (report != null) {
      System.out.println("page: " + ForecastFiles.write(report, forecast));
    }
  }

  /// What the campaign's own reader has read, so that the forecast is of what will be applied.
  static Plan plan(Campaign campaign) {
    return new Plan(
        campaign.id(),
        campaign.name().en(),
        campaign.zone(),
        campaign.bornFrom(),
        campaign.bornTo(),
        campaign.calendar().windows().stream()
            .map(
                window ->
                    new Plan.Window(
                        window.cohorts(), window.lobbyOpens(), window.opens(), window.closes()))
            .toList(),
        campaign.admitPerMinute());
  }

  private Assumptions assumptions(Campaign read) throws IOException {
    return new Assumptions(
        eligible == null ? OptionalLong.empty() : OptionalLong.of(eligible),
        takeUp,
        lobby,
        trace == null
            ? new Arrivals.Decay(Duration.ofMinutes(30), firstHalfHour)
            : new Arrivals.Measured(Trace.read(Files.readAllLines(present(trace)), traceFrom)),
        pace == null ? read.admitPerMinute() : pace,
        measured == null ? perNode : RunFiles.read(measured).bestMinute(),
        Duration.ofSeconds(Math.round(waitMinutes * 60)),
        Duration.ofSeconds(2),
        Duration.ofSeconds(think),
        seed);
  }

  private static Path present(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is not there, or is no file");
    }
    return file;
  }

  private String commandLine() {
    return spec == null
        ? "./naru forecast"
        : "./naru forecast " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
