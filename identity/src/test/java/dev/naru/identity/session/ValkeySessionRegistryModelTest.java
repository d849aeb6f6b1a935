package dev.naru.identity.session;

import net.jqwik.api.lifecycle.AfterContainer;

final class ValkeySessionRegistryModelTest extends SessionRegistryModel {
  private static final SessionWorld WORLD = new ValkeyWorld();

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
    node.close();
  }
}
