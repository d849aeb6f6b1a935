package dev.naru.identity.session;

import net.jqwik.api.lifecycle.AfterContainer;

final class EmbeddedSessionRegistryModelTest extends SessionRegistryModel {
  private static final SessionWorld WORLD = new EmbeddedWorld();

  @AfterContainer
  static void closeWorld() {
    WORLD.close();
  }

  @Override
  SessionWorld world() {
    return WORLD;
  }

  @Override
  void killed(SessionRegistry node) {
    ((EmbeddedSessionRegistry) node).writeBehind().join();
  }
}
