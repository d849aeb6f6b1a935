package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.database.Database;
import dev.naru.database.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

  @Test
  void aProgramThatCannotUseItsDatabaseLeavesNoServerBehind() throws SQLException {
    NaruProcess naru = NaruProcess.in(folder);
    naru.importNation(20);
    try (LocalPostgres server = LocalPostgres.open(naru.data());
        Database database = server.database("naru");
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE booking.flyway_schema_history SET checksum = 1 WHERE version = '1'");
    }
    Program.Ended ended = naru.serveInVain();
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("checksum").doesNotContain("\tat ");
    assertThat(naru.postmaster()).isEmpty();
  }
}
