package dev.naru.waitingroom.line;

import dev.naru.waitingroom.TestLine;

class OrdersInValkeyTest extends OrdersContract {
  OrdersInValkeyTest() {
    super(TestLine.Home.IN_VALKEY);
  }
}
