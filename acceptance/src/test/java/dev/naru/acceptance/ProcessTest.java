package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTest {
  @TempDir private Path folder;

  @Test
  void aServerThatWasKilledStartsAgainAndEndsCleanly() {
    try (NaruProcess naru = NaruProcess.in(folder)) {
      naru.importNation(20);
      naru.apply(new CampaignYaml("small", CampaignYaml.now(), 600, 1, 1, 1).text());
      naru.serve();
      naru.kill9();
      assertThat(naru.postmaster()).as("PostgreSQL outlives the server").isPresent();
      naru.serve();
      naru.stop();
      assertThat(naru.logText()).doesNotContain("ERROR").doesNotContain("\tat ");
    }
  }
}
