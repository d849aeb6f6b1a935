package dev.naru.common.web;

import dev.naru.common.paper.Paper;

/// Tells whether a session still counts: it may have been logged out, or another device of the same
/// person may have taken its place after the lease ran out.
@FunctionalInterface
public interface LiveSessions {
  /// Uses the session, which renews its lease. Never blocks: it runs on the event loop.
  ///
  /// @param session a verified paper of kind SESSION
  /// @return whether it counts
  boolean use(Paper session);
}
