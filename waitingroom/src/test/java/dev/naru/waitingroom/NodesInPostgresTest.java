package dev.naru.waitingroom;

class NodesInPostgresTest extends NodesContract {
  NodesInPostgresTest() {
    super(TestLine.Home.IN_POSTGRESQL);
  }
}
