package dev.naru.identity.provider;

import dev.naru.common.text.LocalText;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Somebody who can say who a person is: a bank, a telephone company, a portal. Implementations
/// never block their caller and never keep what they are told.
public interface IdentityProvider {
  /// Its stable name in addresses: lower case letters, digits and hyphens, 1 to 32.
  String id();

  /// What people call it.
  LocalText name();

  /// How a check goes on after its start.
  Start.Next next();

  /// How many checks it handles at once without making anybody wait.
  int capacity();

  /// Whether a person can do their part by telephone, while somebody else has the page: by reading
  /// out a code, or by approving on their own phone.
  default boolean isByTelephone() {
    return false;
  }

  /// Begins a check.
  ///
  /// @return completed exceptionally when the provider cannot be reached
  CompletionStage<Start> start(Check check);

  /// Goes on with a check, and finishes it unless the answer is [ProviderAnswer.Pending].
  ///
  /// Answers that have verified somebody do so again until the check is [spent][#spend]: what it is
  /// for may have failed.
  ///
  /// @param answers what the person or the provider's page sent back, by field
  CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers);

  /// Told when a check has had its session. What is good once, such as a code or a result that
  /// passed through a browser, is so no longer: it could otherwise let the next person at a shared
  /// computer in as the last one.
  ///
  /// @return false when the check was spent before; completed exceptionally when that is not known
  default CompletionStage<Boolean> spend(Check check) {
    return CompletableFuture.completedStage(true);
  }
}
