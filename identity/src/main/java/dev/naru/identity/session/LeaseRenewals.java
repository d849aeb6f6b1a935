package dev.naru.identity.session;

import dev.naru.common.person.PersonKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Leases renewed by use, written behind: a use never waits for the disk.
final class LeaseRenewals {
  /// The next portion is queued when the one before is on disk, so that whoever verifies meanwhile
  /// waits for one portion at most.
  private static final int PORTION = 2_000;

  private final Map<PersonKey, Session> sessions;
  private final SessionWrites writes;

  /// Each person once, so no longer than the list of sessions.
  private final Set<PersonKey> used = ConcurrentHashMap.newKeySet();

  LeaseRenewals(Map<PersonKey, Session> sessions, SessionWrites writes) {
    this.sessions = sessions;
    this.writes = writes;
  }

  void note(PersonKey person) {
    used.add(person);
  }

  /// Writes what has been noted.
  CompletableFuture<Void> write() {
    return write(used.iterator());
  }

  private CompletableFuture<Void> write(Iterator<PersonKey> people) {
    List<SessionWrite.Lease> portion = portion(people);
    if (portion.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return writes
        .submit(new SessionWrite.Renew(portion))
        .exceptionally(_ -> false)
        .thenCompose(
            stored -> {
              if (stored) {
                return write(people);
              }
              portion.forEach(lease -> used.add(lease.person()));
              return CompletableFuture.completedFuture(null);
            });
  }

  private List<SessionWrite.Lease> portion(Iterator<PersonKey> people) {
    List<SessionWrite.Lease> portion = new ArrayList<>();
    while (portion.size() < PORTION && people.hasNext()) {
      PersonKey person = people.next();
      Session session = sessions.get(person);
      if (used.remove(person) && session != null) {
        portion.add(new SessionWrite.Lease(person, session.id(), session.leaseUntil()));
      }
    }
    return portion;
  }
}
