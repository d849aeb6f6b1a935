package dev.naru.waitingroom.ticket;

import dev.naru.waitingroom.TestLine;

class TicketsInPostgresTest extends TicketsContract {
  TicketsInPostgresTest() {
    super(TestLine.Home.IN_POSTGRESQL);
  }
}
