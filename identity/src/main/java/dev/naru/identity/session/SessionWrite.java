package dev.naru.identity.session;

import dev.naru.common.person.PersonKey;
import dev.naru.identity.person.SealedPerson;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is to be written, in the order in which the registry decided it.
sealed interface SessionWrite {
  /// The session that counts from now on.
  ///
  /// @param data the person's data as just verified; null when it is not known anew
  record Open(PersonKey person, SessionRow row, @Nullable SealedPerson data)
      implements SessionWrite {}

  /// The person's data alone: the session is kept elsewhere.
  record Know(SealedPerson data) implements SessionWrite {}

  /// No session of the person counts any more.
  record Close(PersonKey person) implements SessionWrite {}

  /// Leases that were renewed by use.
  record Renew(List<Lease> leases) implements SessionWrite {}

  /// Sessions whose paper has run out before a moment need no row.
  record Forget(long before) implements SessionWrite {}

  /// A lease renewed by use; nothing happens when the session no longer counts.
  record Lease(PersonKey person, UUID session, long until) {}
}
