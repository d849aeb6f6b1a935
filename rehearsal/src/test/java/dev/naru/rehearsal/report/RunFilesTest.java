package dev.naru.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.rehearsal.report.RunRecord.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  @TempDir Path folder;

  @Test
  void aRecordIsReadAsItWasWritten() throws IOException {
    RunRecord run = SampleRun.of("Small", 12_000, Verdict.HELD);
    Path page = RunFiles.write(folder.resolve("new/report"), run);
    assertThat(RunFiles.read(folder.resolve("new/report"))).isEqualTo(run);
    assertThat(RunFiles.read(folder.resolve("new/report/run.json"))).isEqualTo(run);
    assertThat(page).content().contains("<title>Small</title>", "Bookings", "요약:");
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws IOException {
    RunRecord run = SampleRun.of("Small", 12_000, Verdict.HELD);
    String json = new String(RunFiles.json(run), StandardCharsets.UTF_8);
    Files.writeString(
        folder.resolve("run.json"), json.replaceFirst("\\{", "{\"weather\":\"fair\","));
    assertThat(RunFiles.read(folder)).isEqualTo(run);
  }

  @Test
  void whatIsNoRecordIsRefusedInWords() throws IOException {
    assertThatThrownBy(() -> RunFiles.read(folder)).hasMessageContaining("run.json is not there");
    Path file = folder.resolve("run.json");
    Files.writeString(file, "{\"format\":2}");
    assertThatThrownBy(() -> RunFiles.read(folder)).hasMessageContaining("no record of format 1");
    Files.writeString(file, "{\"format\":1,\"seconds\":3}");
    assertThatThrownBy(() -> RunFiles.read(folder)).isInstanceOf(IOException.class);
    Files.writeString(file, "<html>");
    assertThatThrownBy(() -> RunFiles.read(folder)).hasMessageContaining("not the record");
    Files.writeString(file, "");
    assertThatThrownBy(() -> RunFiles.read(folder)).hasMessageContaining("no record of format 1");
  }

  @Test
  void theBestMinuteIsWhatTheServerHasCarried() {
    assertThat(SampleRun.of("Small", 12_000, Verdict.HELD).bestMinute()).isEqualTo(16);
  }
}
