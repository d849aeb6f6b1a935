package dev.naru.waitingroom;

class NodesInValkeyTest extends NodesContract {
  NodesInValkeyTest() {
    super(TestLine.Home.IN_VALKEY);
  }
}
