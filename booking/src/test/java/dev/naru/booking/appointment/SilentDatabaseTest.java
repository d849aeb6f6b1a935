package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.failure.AnswerLimits;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilentDatabaseTest {
  /// As when its machine is gone without a word: then nothing would ever come, and the writer would
  /// not hear that another database has taken over.
  @Test
  void whoIsNotAnsweredGivesTheConnectionUp() throws Exception {
    try (World world = new World();
        Connection silent = world.database().dataSource().getConnection();
        Statement statement = silent.createStatement()) {
      long slot = world.slot(1);
      AppointmentStore store = world.store(1);
      silent.setAutoCommit(false);
      statement.execute("SELECT FROM booking.slot WHERE id = %d FOR UPDATE".formatted(slot));

      long since = System.nanoTime();
      assertThatThrownBy(() -> store.inTransaction(work -> work.lockSlots(List.of(slot)).size()))
          .isInstanceOf(AppointmentsAway.class);
      assertThat(Duration.ofNanos(System.nanoTime() - since))
          .isBetween(AnswerLimits.LIMIT, AnswerLimits.LIMIT.plusSeconds(10));

      silent.rollback();
      silent.setAutoCommit(true);
      assertThat(store.<Integer>inTransaction(work -> work.lockSlots(List.of(slot)).size()))
          .isEqualTo(1);
    }
  }
}
