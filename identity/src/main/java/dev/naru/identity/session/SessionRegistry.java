package dev.naru.identity.session;

import dev.naru.common.paper.Paper;
import dev.naru.common.person.PersonKey;
import dev.naru.common.web.LiveSessions;
import dev.naru.identity.person.SealedPerson;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// One live session per person, over all campaigns: the first device that verifies gets it, others
/// are refused while its lease lasts. Each use renews the lease. After it ran out the session still
/// counts, so that nobody who waits in line is thrown out, until another device of the person
/// verifies; then it is dead for ever, as it is after logging out.
///
/// Nothing here blocks, and no answer is completed exceptionally.
public interface SessionRegistry extends LiveSessions, AutoCloseable {
  /// Whether a session still counts. Only looks: asking must not keep a forgotten device alive.
  CompletionStage<State> look(PersonKey person, UUID session);

  /// Asks for a person's session on behalf of a device. Of several devices exactly one gets it; the
  /// device that has it gets the same session again.
  ///
  /// @param data the person's data, written along with the session
  /// @return completed when the session is on disk
  CompletionStage<Claim> claim(SealedPerson data, UUID device, SessionTimes times);

  /// Logs a session out for ever. Nothing happens when it no longer counts.
  ///
  /// @param paper a verified paper of kind SESSION
  /// @return whether that is on disk; otherwise nobody can say whether it took effect, and it is to
  ///   be asked again
  CompletionStage<Boolean> close(Paper paper);

  /// Writes what still waits, then stops.
  @Override
  void close();
}
