package dev.naru.common.paper;

import dev.naru.common.person.PersonKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What passes between stations, carried by the citizen: a short signed statement bound to
/// campaign, person, session and expiry.
///
/// @param kind what it proves
/// @param campaign id of the campaign, 1 to 32 ASCII characters
/// @param person whose it is
/// @param session the session it was given to (for [PaperKind#REQUEST] the device, for
///   [PaperKind#CALL] the helper's session, for [PaperKind#HELPING] the helping)
/// @param cohort the person's cohort in the campaign: an index into its rotation groups, 0 when the
///   campaign has no rotation, -1 for somebody who may not book at all; -1 to 127
/// @param number the place in line that a ticket or pass is about; 0 where none is
/// @param line which line the number is of (a campaign has one for each booking window); 0 where
///   none is; 0 to 32767
/// @param expires when it stops being valid; whole seconds
/// @param helper of a [PaperKind#HELPING]: who acts for the person; null for all others
public record Paper(
    PaperKind kind,
    String campaign,
    PersonKey person,
    UUID session,
    int cohort,
    long number,
    int line,
    Instant expires,
    @Nullable PersonKey helper) {

  public Paper {
    if ((kind == PaperKind.HELPING) != (helper != null)) {
      throw new IllegalArgumentException("a helping names its helper, and nothing else does");
    }
  }

  /// A paper that somebody holds for themselves.
  public Paper(
      PaperKind kind,
      String campaign,
      PersonKey person,
      UUID session,
      int cohort,
      long number,
      int line,
      Instant expires) {
    this(kind, campaign, person, session, cohort, number, line, expires, null);
  }
}
