package dev.naru.identity.provider;

import dev.naru.common.text.LocalText;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A provider that waits for others, written as plain blocking code that runs on threads of its
/// own, never on the caller's.
public abstract class BlockingProvider implements IdentityProvider {
  private static final Logger LOG = LoggerFactory.getLogger(BlockingProvider.class);

  private final About about;
  private final Executor threads;

  /// @param threads may block; virtual ones
  protected BlockingProvider(About about, Executor threads) {
    this.about = about;
    this.threads = threads;
  }

  @Override
  public final String id() {
    return about.id();
  }

  @Override
  public final LocalText name() {
    return about.name();
  }

  @Override
  public final int capacity() {
    return about.capacity();
  }

  /// Begins a check.
  ///
  /// @throws IOException when the provider cannot be reached or answers nonsense
  protected abstract Start begin(Check check) throws IOException;

  /// Goes on with a check.
  ///
  /// @throws IOException when the provider cannot be reached or answers nonsense
  protected abstract ProviderAnswer goOn(Check check, Map<String, String> answers)
      throws IOException;

  /// Notes that a check has had its session, where proofs are good once.
  ///
  /// @return false when that was noted before
  protected boolean use(Check check) {
    return true;
  }

  @Override
  public final CompletionStage<Boolean> spend(Check check) {
    return CompletableFuture.supplyAsync(() -> use(check), threads);
  }

  @Override
  public final CompletionStage<Start> start(Check check) {
    CompletableFuture<Start> started = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            started.complete(begin(check));
          } catch (IOException | RuntimeException e) {
            tell(e);
            started.completeExceptionally(e);
          }
        });
    return started;
  }

  @Override
  public final CompletionStage<ProviderAnswer> complete(Check check, Map<String, String> answers) {
    CompletableFuture<ProviderAnswer> answered = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answered.complete(goOn(check, answers));
          } catch (IOException e) {
            tell(e);
            answered.complete(new ProviderAnswer.Unavailable());
          } catch (RuntimeException e) {
            answered.completeExceptionally(e);
          }
        });
    return answered;
  }

  /// The messages of our own exceptions hold nothing personal; others' might.
  private void tell(Exception e) {
    String what = e instanceof ProviderTrouble ? e.getMessage() : e.getClass().getName();
    LOG.warn("Identity provider {}: {}", id(), what);
  }
}
