package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.naru.acceptance.Program.Ended;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rehearsal as an agency runs it: the packaged program against the packaged program.
class RehearsalTest {
  private static final int PEOPLE = 3_000;

  /// Slow machines are slow; whatever is wrong is wrong on them too.
  private static final String PROFILE =
      """
      lobby: 0.6
      spread: PT8S
      think: PT0.02S
      patience: PT60S
      abandon: 0.01
      cheats: 0.05
      read: 0.2
      move: 0.05
      cancel: 0.05
      p99: PT30S
      booked: 0.95
      """;

  @TempDir private Path folder;

  @Test
  void threeThousandPeopleAndTheirCheatsLeaveRightBooks() throws Exception {
    try (NaruProcess naru = NaruProcess.in(folder)) {
      naru.importNation(300);
      naru.apply(
          new CampaignYaml("rehearsed", CampaignYaml.now().plusSeconds(20), 60_000, 2, 3, 3)
              .text());
      naru.serve();
      Path report = folder.resolve("report");
      Ended ended =
          naru.command(
              "rehearse",
              naru.uri().toString(),
              "--campaign",
              "rehearsed",
              "--people",
              String.valueOf(PEOPLE),
              "--profile",
              naru.file("profile.yaml", PROFILE).toString(),
              "--report",
              report.toString(),
              "--metrics",
              naru.managementUri().resolve("/q/metrics").toString(),
              "--export-command",
              export(naru));
      assertThat(ended.status()).as("%s", ended).isZero();
      JsonNode run = Answer.JSON.readTree(report.resolve("run.json").toFile());
      JsonNode totals = run.path("totals");
      assertThat(totals.path("people").asInt()).isEqualTo(PEOPLE);
      assertThat(totals.path("cheats").asInt()).as("tricks tried").isGreaterThan(200);
      assertThat(totals.path("cheats that succeeded").asInt(-1)).isZero();
      assertThat(totals.path("appointments in the export").asInt()).isGreaterThan(PEOPLE);
      for (JsonNode goal : run.path("goals")) {
        assertThat(goal.path("verdict").asText()).as("%s", goal).isEqualTo("HELD");
      }
      assertThat(run.path("goals").findValuesAsText("id"))
          .contains("lost", "doubled", "oversold", "cheats", "errors", "booked");
      assertThat(Files.readString(report.resolve("index.html"))).contains("3,000 people");
      assertThat(naru.logText()).doesNotContain(" ERROR ");
      naru.stop();
    }
  }

  @Test
  void whoWarmsTheProgramUpIsInNoFigure() throws Exception {
    Path profile = Files.writeString(folder.resolve("profile.yaml"), PROFILE);
    Path report = folder.resolve("report");
    Ended ended =
        Program.run(
            demo(
                "--people",
                "40",
                "--warm-up",
                "30",
                "--open-in",
                "5",
                "--cheats",
                "0",
                "--profile",
                profile.toString(),
                "--report",
                report.toString()),
            folder);

    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(ended.out()).contains("30 people warm it up");
    JsonNode totals = Answer.JSON.readTree(report.resolve("run.json").toFile()).path("totals");
    assertThat(totals.path("people").asInt()).isEqualTo(40);
    assertThat(totals.path("appointments in the export").asInt()).isBetween(70, 80);
  }

  @Test
  void whoseServerEndsAtOnceIsToldSoAndWhereItsLogIs() throws Exception {
    Ended ended =
        Program.run(demo("--people", "40", "--server-java-options=-XX:+NoSuchOption"), folder);

    assertThat(ended.status()).as("%s", ended).isNotZero();
    assertThat(ended.err())
        .contains("the server ended with status 1 while it started")
        .contains(data().resolve("naru.log").toString());
    assertThat(data().resolve("naru.log")).content().contains("NoSuchOption");
  }

  @Test
  void whoEndsItWhileTheProgramWarmsUpLeavesNoServerBehind() throws Exception {
    end("warm it up", "--people", "5000");
  }

  @Test
  void whoEndsItBeforeTheCrowdHasBegunLeavesNoServerBehind() throws Exception {
    end("people come to", "--people", "200000", "--warm-up", "0");
  }

  @Test
  void whoEndsItWhileTheCrowdIsThereLeavesAReportAndNoServerBehind() throws Exception {
    Path report = folder.resolve("report");
    end(
        "lobby:",
        "--people",
        "2000",
        "--warm-up",
        "0",
        "--open-in",
        "60",
        "--report",
        report.toString());
    assertThat(Answer.JSON.readTree(report.resolve("run.json").toFile()).path("stopped").asText())
        .isEqualTo("Ctrl-C");
  }

  /// Tells a rehearsal to end when its screen says something.
  private void end(String said, String... options) throws Exception {
    Process rehearsal = demo(options).redirectErrorStream(true).start();
    try (BufferedReader screen = rehearsal.inputReader()) {
      assertThat(screen.lines().anyMatch(text -> text.contains(said))).isTrue();
      assertThat(running(data().resolve("providers.yaml"))).isNotEmpty();
      rehearsal.destroy();
      assertThat(rehearsal.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      rehearsal.destroyForcibly();
    }
    assertThat(running(data().resolve("providers.yaml"))).isEmpty();
  }

  private Path data() {
    return folder.resolve("demo");
  }

  /// A rehearsal with a Naru of its own.
  private ProcessBuilder demo(String... options) {
    List<String> line = new ArrayList<>(List.of("rehearse", "--demo", "--data", data().toString()));
    line.addAll(List.of(options));
    return Program.command(line);
  }

  /// Processes that were started with a file.
  private static List<ProcessHandle> running(Path file) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(file.toString()))
        .toList();
  }

  /// The same program, asked for the list that the operator has.
  private static String export(NaruProcess naru) {
    return "'%s' --enable-native-access=ALL-UNNAMED -jar '%s' export appointments rehearsed --data '%s'"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("../app/target/quarkus-app/quarkus-run.jar").toAbsolutePath().normalize(),
            naru.data());
  }
}
