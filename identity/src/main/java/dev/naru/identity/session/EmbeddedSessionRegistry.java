package dev.naru.identity.session;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.identity.person.SealedPerson;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry of a node that is alone: memory decides, the database is written before the answer.
/// Every change of a person's entry queues its write while the entry is held, and one thread writes
/// in the order of the queue: the disk never remembers an older truth than the one that was
/// answered.
public final class EmbeddedSessionRegistry implements SessionRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSessionRegistry.class);

  private static final CompletionStage<State> LIVE = CompletableFuture.completedStage(State.LIVE);
  private static final CompletionStage<State> DEAD = CompletableFuture.completedStage(State.DEAD);

  private final ConcurrentMap<PersonKey, Session> sessions = new ConcurrentHashMap<>();

  /// Whose write failed without telling whether it is on disk. At most one for each person.
  private final Set<PersonKey> doubtful = ConcurrentHashMap.newKeySet();

  private final InstantSource clock;
  private final RandomGenerator random;
  private final SessionWrites writes;
  private final LeaseRenewals renewals;

  private EmbeddedSessionRegistry(
      DataSource database, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
    this.writes = new SessionWrites(database, clock);
    this.renewals = new LeaseRenewals(sessions, writes);
  }

  /// Opens the registry with the sessions that counted when it was last running.
  ///
  /// @param random for session ids: nobody may be able to guess the next; safe for several threads
  /// @throws IllegalStateException when the sessions cannot be read
  public static EmbeddedSessionRegistry open(
      DataSource database, InstantSource clock, RandomGenerator random) {
    EmbeddedSessionRegistry registry = new EmbeddedSessionRegistry(database, clock, random);
    try {
      new SessionStore(database)
          .load(
              registry.now(), (person, row) -> registry.sessions.put(person, Session.stored(row)));
    } catch (SQLException e) {
      registry.close();
      throw new IllegalStateException("the sessions cannot be read from the database", e);
    }
    LOG.info("{} sessions are alive", registry.sessions.size());
    return registry;
  }

  @Override
  public CompletionStage<State> use(Paper paper) {
    Session session = sessions.get(paper.person());
    if (session == null || !session.is(paper.session())) {
      return DEAD;
    }
    if (session.use(now())) {
      renewals.note(paper.person());
    }
    return LIVE;
  }

  @Override
  public CompletionStage<State> look(PersonKey person, UUID session) {
    Session current = sessions.get(person);
    return current != null && current.is(session) ? LIVE : DEAD;
  }

  @Override
  public CompletionStage<Claim> claim(SealedPerson data, UUID device, SessionTimes times) {
    PersonKey person = data.person();
    Attempt attempt = new Attempt();
    sessions.compute(person, (_, current) -> attempt.claim(current, data, device, times));
    CompletableFuture<Boolean> write = attempt.write;
    Session claimed = attempt.claimed;
    if (write == null || claimed == null) {
      return CompletableFuture.completedFuture(new Claim.Elsewhere(attempt.secondsLeft));
    }
    return write.handle(
        (stored, failure) -> {
          if (failure == null && stored) {
            settle(person, claimed);
            return new Claim.Granted(claimed.id(), attempt.expires);
          }
          undo(person, claimed);
          return new Claim.NotStored();
        });
  }

  /// One claim while the person's entry is held.
  private final class Attempt {
    @Nullable Session claimed;
    @Nullable CompletableFuture<Boolean> write;
    Instant expires = Instant.EPOCH;
    long secondsLeft;

    @Nullable Session claim(
        @Nullable Session current, SealedPerson data, UUID device, SessionTimes times) {
      long now = now();
      Session session;
      if (current != null && current.isOn(device)) {
        session = current;
        session.renew(times, now);
      } else if (current != null && current.secondsLeft(now) > 0) {
        secondsLeft = current.secondsLeft(now);
        return current;
      } else {
        session = Session.claimed(fresh(device, times, now), current);
      }
      claimed = session;
      session.writing();
      expires = Instant.ofEpochSecond(now).plus(times.paper());
      write = writes.submit(new SessionWrite.Open(data.person(), session.row(), data));
      return session;
    }
  }

  private SessionRow fresh(UUID device, SessionTimes times, long now) {
    int lease = Math.toIntExact(times.lease().toSeconds());
    return new SessionRow(
        RandomIds.next(random), device, lease, now + lease, now + times.paper().toSeconds());
  }

  private void settle(PersonKey person, Session claimed) {
    sessions.computeIfPresent(
        person,
        (_, current) -> {
          claimed.written();
          return current;
        });
  }

  private void undo(PersonKey person, Session claimed) {
    doubtful.add(person);
    sessions.computeIfPresent(
        person, (_, current) -> current == claimed ? claimed.afterFailure() : current);
  }

  @Override
  public CompletionStage<Boolean> close(Paper paper) {
    PersonKey person = paper.person();
    List<Session> closed = new ArrayList<>(1);
    List<CompletableFuture<Boolean>> write = new ArrayList<>(1);
    sessions.computeIfPresent(
        person,
        (_, current) -> {
          if (!current.is(paper.session())) {
            return current;
          }
          closed.add(current);
          write.add(writes.submit(new SessionWrite.Close(person)));
          return null;
        });
    if (write.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    return write
        .getFirst()
        .handle(
            (stored, failure) -> {
              if (failure == null && stored) {
                return true;
              }
              doubtful.add(person);
              sessions.putIfAbsent(person, closed.getFirst());
              return false;
            });
  }

  /// Writes the leases renewed by use since the last time, and puts right what may differ on disk.
  /// To be called every half minute: that much of a lease may be lost when the program is killed.
  ///
  /// @return completed when all is written or nothing more can be
  public CompletableFuture<Void> writeBehind() {
    for (PersonKey person : List.copyOf(doubtful)) {
      doubtful.remove(person);
      putRight(person);
    }
    return renewals.write();
  }

  private void putRight(PersonKey person) {
    sessions.compute(
        person,
        (_, current) -> {
          var _ =
              writes
                  .submit(
                      current == null
                          ? new SessionWrite.Close(person)
                          : new SessionWrite.Open(person, current.row(), null))
                  .whenComplete(
                      (stored, failure) -> {
                        if (failure != null || !stored) {
                          doubtful.add(person);
                        }
                      });
          return current;
        });
  }

  /// Forgets sessions whose last paper has run out: no token can ask for them any more. To be
  /// called now and then.
  public void sweep() {
    long now = now();
    sessions.forEach(
        (person, session) ->
            sessions.computeIfPresent(
                person, (_, current) -> current.isExpired(now) ? null : current));
    var _ = writes.submit(new SessionWrite.Forget(now));
  }

  /// How many sessions are known.
  public int size() {
    return sessions.size();
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  @Override
  public void close() {
    var _ = writeBehind().completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    writes.close();
  }
}
