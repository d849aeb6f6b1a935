package dev.naru.booking.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.booking.appointment.AppointmentEvent.Kind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AppointmentStoreTest {
  @Test
  void whoIsInterruptedWhileTheWorkRunsIsNotToldThatNothingWasDone() throws Exception {
    try (World world = new World()) {
      long slot = world.slot(1);
      CompletableFuture<Boolean> heard = new CompletableFuture<>();
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  world
                      .store(1)
                      .inTurn(
                          transaction -> {
                            heard.join();
                            transaction.record(
                                List.of(
                                    new AppointmentEvent(Kind.BOOKED, new UUID(1, 2), null, slot)));
                            return slot;
                          }))
          .isInstanceOf(AppointmentsAway.class);
      assertThat(Thread.interrupted()).isTrue();

      heard.complete(true);
      while (world.booked(slot) == 0) {
        Thread.sleep(5);
      }
    }
  }
}
