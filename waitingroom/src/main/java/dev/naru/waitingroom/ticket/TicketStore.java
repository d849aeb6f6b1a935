package dev.naru.waitingroom.ticket;

import dev.naru.common.person.PersonKey;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.StoreAwayException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/// Who has which number.
interface TicketStore {
  /// The one of a home.
  static TicketStore in(LineHome home, InstantSource clock) {
    return switch (home) {
      case LineHome.InPostgres(var database) -> new PostgresTicketStore(database, clock);
      case LineHome.InValkey(_, var valkey) -> new ValkeyTicketStore(valkey, clock);
    };
  }

  /// Somebody who wants a number.
  ///
  /// @param opens when its lobby ends
  record Request(LineKey line, Instant opens, PersonKey person) {}

  /// The number somebody has.
  ///
  /// @param lobby whether it takes part in the draw
  record Given(long number, boolean lobby) {}

  /// Gives each person their number, in order of arrival; who has one keeps it. All of it is
  /// durable when this returns.
  ///
  /// The lobby ends here too, not only at the tick: a batch that has its turn at or after the
  /// opening freezes it before it gives a number, so that nobody slips into the draw late.
  List<Given> join(List<Request> batch) throws StoreAwayException;

  /// The number a person has in a line.
  OptionalLong numberOf(LineKey line, PersonKey person) throws StoreAwayException;

  /// Takes numbers one by one.
  @FunctionalInterface
  interface Numbers {
    void accept(long number) throws IOException;
  }

  /// All numbers of a line in order.
  void eachNumber(LineKey line, Numbers numbers) throws StoreAwayException, IOException;
}
