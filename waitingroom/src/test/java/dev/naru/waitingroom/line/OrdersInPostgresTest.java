package dev.naru.waitingroom.line;

import dev.naru.waitingroom.TestLine;

class OrdersInPostgresTest extends OrdersContract {
  OrdersInPostgresTest() {
    super(TestLine.Home.IN_POSTGRESQL);
  }
}
