package dev.naru.identity.session;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.database.valkey.Script;
import dev.naru.database.valkey.Valkey;
import dev.naru.database.valkey.ValkeyAway;
import dev.naru.identity.person.SealedPerson;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry that all nodes share. The Valkey decides and remembers; nothing is remembered here,
/// so that a logout at one node counts at all of them at once. The person's data is in PostgreSQL
/// before the Valkey is asked: who has a session is always known.
///
/// While the Valkey is away nobody is let in and nobody is thrown out: sessions are
/// [State#UNKNOWN], and count again afterwards.
public final class ValkeySessionRegistry implements SessionRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ValkeySessionRegistry.class);

  /// What the connection must know.
  public static Script[] scripts() {
    return new Script[] {
      ValkeySessionStore.CLAIM, ValkeySessionStore.USE, ValkeySessionStore.CLOSE
    };
  }

  private final ValkeySessionStore store;
  private final RandomGenerator random;
  private final SessionWrites writes;

  /// @param valkey connected with the [#scripts]; stays the caller's
  /// @param database for the people's data
  /// @param random for session ids: nobody may be able to guess the next; safe for several threads
  public ValkeySessionRegistry(
      Valkey valkey, DataSource database, InstantSource clock, RandomGenerator random) {
    this.store = new ValkeySessionStore(valkey);
    this.random = random;
    this.writes = new SessionWrites(database, clock);
  }

  @Override
  public CompletionStage<State> use(Paper paper) {
    return store.use(paper.person(), paper.session()).exceptionally(away(State.UNKNOWN));
  }

  @Override
  public CompletionStage<State> look(PersonKey person, UUID session) {
    return store.look(person, session).exceptionally(away(State.UNKNOWN));
  }

  @Override
  public CompletionStage<Claim> claim(SealedPerson data, UUID device, SessionTimes times) {
    return writes
        .submit(new SessionWrite.Know(data))
        .thenCompose(
            stored ->
                stored
                    ? store.claim(data.person(), device, RandomIds.next(random), times)
                    : CompletableFuture.completedStage(new Claim.NotStored()))
        .exceptionally(away(new Claim.NotStored()));
  }

  @Override
  public CompletionStage<Boolean> close(Paper paper) {
    return store.close(paper.person(), paper.session()).exceptionally(away(false));
  }

  /// An outage is told by the connection, once.
  private static <T> Function<Throwable, T> away(T answer) {
    return failure -> {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (!(cause instanceof ValkeyAway)) {
        LOG.error("A session could not be asked for", cause);
      }
      return answer;
    };
  }

  @Override
  public void close() {
    writes.close();
  }
}
