package dev.naru.acceptance.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One Chromium for all test classes of a process that ask for it, because each start takes
/// seconds. Every visitor has a browser context of their own.
final class SharedChromium implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SharedChromium.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
  }
}
