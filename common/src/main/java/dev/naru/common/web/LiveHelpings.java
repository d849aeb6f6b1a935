package dev.naru.common.web;

import dev.naru.common.paper.Paper;

/// Tells whether a helping still counts: the person, the helper, or the campaign may have ended it
/// before its time.
@FunctionalInterface
public interface LiveHelpings {
  /// Never blocks: it runs on the event loop.
  ///
  /// @param helping a verified paper of kind HELPING
  boolean counts(Paper helping);
}
