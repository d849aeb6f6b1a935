package dev.naru.waitingroom.line;

import dev.naru.waitingroom.TestLine;

class LinesInValkeyTest extends LinesContract {
  LinesInValkeyTest() {
    super(TestLine.Home.IN_VALKEY);
  }
}
