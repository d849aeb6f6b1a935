package dev.naru.identity.provider;

import dev.naru.common.text.LocalText;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Somebody who can say who a person is: a bank, a telephone company, a portal. Implementations
/// never block and never keep what they are told.
public interface IdentityProvider {
  /// Its stable name in addresses: lower case letters, digits and hyphens, 1 to 32.
  String id();

  /// What people call it.
  LocalText name();

  /// How a check goes on after its start.
  Start.Next next();

  /// How many checks it handles at once without making anybody wait.
  int capacity();

  /// Begins a check.
  ///
  /// @param request the signed request paper, for providers that hand a state back
  /// @return completed exceptionally when the provider cannot be reached
  CompletionStage<Start> start(String request);

  /// Finishes a check.
  ///
  /// @param answers what the person or the provider's page sent back, by field
  CompletionStage<ProviderAnswer> complete(Map<String, String> answers);
}
