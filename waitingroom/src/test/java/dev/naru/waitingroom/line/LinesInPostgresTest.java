package dev.naru.waitingroom.line;

import dev.naru.waitingroom.TestLine;

class LinesInPostgresTest extends LinesContract {
  LinesInPostgresTest() {
    super(TestLine.Home.IN_POSTGRESQL);
  }
}
