package dev.naru.common.web;

import dev.naru.common.paper.Paper;
import java.util.concurrent.CompletionStage;

/// Tells whether a session still counts: it may have been logged out, or another device of the same
/// person may have taken its place after the lease ran out.
@FunctionalInterface
public interface LiveSessions {
  /// What is known of a session.
  enum State {
    /// It counts.
    LIVE,
    /// It will never count again.
    DEAD,
    /// Where sessions are kept did not answer; it may count again in a moment.
    UNKNOWN
  }

  /// Uses the session, which renews its lease. Never blocks: it runs on the event loop.
  ///
  /// @param session a verified paper of kind SESSION
  /// @return never completed exceptionally
  CompletionStage<State> use(Paper session);
}
