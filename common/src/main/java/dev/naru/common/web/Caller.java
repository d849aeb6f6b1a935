package dev.naru.common.web;

import dev.naru.common.paper.Paper;
import dev.naru.common.problem.Problem;

/// Who makes a call.
public sealed interface Caller {
  /// A verified person on a live session, or one that a helper acts for.
  ///
  /// @param session a paper of kind SESSION; of kind HELPING when a helper acts for the person
  record Known(Paper session) implements Caller {}

  /// Nobody we know, and what to tell them.
  record Unknown(Problem problem) implements Caller {}
}
