package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPostgresTest {
  @TempDir private Path folder;

  /// Whoever waits for the database tries again after an SQLException, and only then.
  @Test
  void aServerThatIsJustBeingStartedIsNotConnectedTo() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> new OwnPostgres(folder).connection());
  }
}
