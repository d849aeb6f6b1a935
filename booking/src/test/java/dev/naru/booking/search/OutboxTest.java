package dev.naru.booking.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.booking.appointment.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final String EVENT =
      "INSERT INTO booking.appointment_event (at, node, kind, appointment, to_slot)"
          + " VALUES (now(), 99, 1, gen_random_uuid(), 7)";

  /// Else it would be read again at each look, for as long as that transaction is forgotten.
  @Test
  void whatWasReadIsNotReadAgainWhileATransactionStandsOpen() throws SQLException {
    try (World world = new World();
        Connection open = world.database().dataSource().getConnection();
        Statement forgotten = open.createStatement()) {
      SlotIndexStore store = new SlotIndexStore(world.database().dataSource());
      open.setAutoCommit(false);
      forgotten.execute(EVENT);
      DatabaseSnapshot before = store.outbox(DatabaseSnapshot.parse("1:1:")).seen();
      world.execute(EVENT);
      world.execute(EVENT);

      SlotIndexStore.Outbox found = store.outbox(before);
      assertThat(found.changes()).hasSize(2);
      assertThat(found.seen().running()).isNotEmpty();
      SlotIndexStore.Outbox again = store.outbox(found.seen());
      assertThat(again.changes()).isEmpty();

      open.commit();
      open.setAutoCommit(true);
      assertThat(store.outbox(again.seen()).changes()).hasSize(1);
    }
  }
}
