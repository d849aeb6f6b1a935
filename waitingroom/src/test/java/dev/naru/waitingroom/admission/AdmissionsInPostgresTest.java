package dev.naru.waitingroom.admission;

import dev.naru.waitingroom.TestLine;

class AdmissionsInPostgresTest extends AdmissionsContract {
  AdmissionsInPostgresTest() {
    super(TestLine.Home.IN_POSTGRESQL);
  }
}
