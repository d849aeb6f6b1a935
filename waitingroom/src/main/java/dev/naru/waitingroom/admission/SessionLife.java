package dev.naru.waitingroom.admission;

import dev.naru.common.person.PersonKey;
import java.util.UUID;

/// Tells whether a session that holds a pass still counts. Unlike
/// [dev.naru.common.web.LiveSessions] it only looks: asking must not keep a forgotten device alive.
@FunctionalInterface
public interface SessionLife {
  /// @return true when the session is live or nobody knows
  boolean isLive(String campaign, PersonKey person, UUID session);
}
