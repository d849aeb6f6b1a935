package dev.naru.booking.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.appointment.AppointmentsAway;
import dev.naru.booking.appointment.World;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1);
  private final List<String> lines = new ArrayList<>();
  private final FailureLog log = new FailureLog(lines::add, time::get);

  @Test
  void theRootOfTheFailureIsSaidWithItsState() {
    log.say(
        "It failed",
        new AppointmentsAway(
            new SQLException("refused", "08001", new ConnectException("10.0.0.7"))));
    time.addAndGet(1_000_000_000);
    log.say("It is late", new AppointmentsAway(new SQLException("late", new TimeoutException())));

    assertThat(lines)
        .containsExactly(
            "It failed: java.net.ConnectException, SQLState 08001",
            "It is late: java.util.concurrent.TimeoutException");
  }

  @Test
  void whatTheDatabaseSaysOfARowIsNotSaid() {
    String secret =
        "INSERT INTO booking.campaign (id, definition, applied_at) VALUES ('secret', '', now())";
    try (World world = new World()) {
      world.execute(secret);
      assertThatThrownBy(() -> world.execute(secret))
          .hasMessageContaining("secret")
          .satisfies(failure -> log.say("It failed", failure));
    }

    assertThat(lines)
        .containsExactly("It failed: org.postgresql.util.PSQLException, SQLState 23505");
  }

  @Test
  void aThousandFailuresAtOnceAreSaidOnceASecond() {
    for (int i = 0; i < 1_000; i++) {
      log.say("Away", new TimeoutException());
      time.addAndGet(1_500_000);
    }

    assertThat(lines).hasSize(2);
  }
}
