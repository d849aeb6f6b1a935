package dev.naru.waitingroom.admission;

import dev.naru.waitingroom.TestLine;

class AdmissionsInValkeyTest extends AdmissionsContract {
  AdmissionsInValkeyTest() {
    super(TestLine.Home.IN_VALKEY);
  }
}
