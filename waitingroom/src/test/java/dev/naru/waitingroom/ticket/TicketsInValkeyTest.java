package dev.naru.waitingroom.ticket;

import dev.naru.waitingroom.TestLine;

class TicketsInValkeyTest extends TicketsContract {
  TicketsInValkeyTest() {
    super(TestLine.Home.IN_VALKEY);
  }
}
