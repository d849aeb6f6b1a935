package dev.naru.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `./naru torture`.
class TortureTest {
  private static final long SEED = 20210826;

  /// Far longer than the 2 s after which everybody is answered, busy machine included.
  private static final Duration FREEZE = Duration.ofSeconds(8);

  private static final long SLOWEST_MILLIS = 6_000;

  @TempDir private Path folder;

  @Test
  void noStrikeLosesOrDoublesWhatWasAcknowledged() throws Exception {
    try (Installation naru = Installation.alone(folder);
        Torture torture = new Torture(naru, 30, SEED, FREEZE)) {
      for (Fault fault : List.of(Fault.KILL_POSTGRES, Fault.FREEZE_POSTGRES, Fault.KILL_NARU)) {
        Torture.Round round = torture.strike(fault);
        assertThat(round.faults()).as(round.toString()).isEmpty();
        assertThat(round.heard().of("201")).as(round.toString()).isPositive();
        assertThat(round.heard().slowestMillis()).as(round.toString()).isLessThan(SLOWEST_MILLIS);
        assertThat(round.threads()).as(round.toString()).isLessThan(round.threadsBefore() + 20);
      }
      theReckoningWaitsForTheDatabase(naru, torture);
      theHarnessNoticesALostBooking(naru, torture);
    }
  }

  private static void theReckoningWaitsForTheDatabase(Installation naru, Torture torture)
      throws SQLException {
    naru.postmaster().destroyForcibly();
    assertThat(torture.settle()).isEmpty();
  }

  /// The control: one that was acknowledged and cancelled is gone without a trace.
  private static void theHarnessNoticesALostBooking(Installation naru, Torture torture)
      throws SQLException {
    try (Connection connection = naru.nodes().getFirst().database();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DELETE FROM booking.appointment
           WHERE id = (SELECT id FROM booking.appointment WHERE NOT active LIMIT 1)
          """);
    }
    assertThat(torture.settle()).anyMatch(fault -> fault.startsWith("lost"));
  }
}
