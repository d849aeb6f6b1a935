package dev.naru.identity.helping;

/// What the journal of helping tells, with the codes of the table.
enum HelpingEvent {
  CODE_MADE(1),
  BEGUN(2),
  ENDED_BY_PERSON(3),
  ENDED_BY_HELPER(4),
  LOGGED_OUT(5),
  REPLACED(6),
  /// A member of staff began an identity check for a caller.
  CALL(7),
  /// In place of [#BEGUN]: the caller has confirmed such a check.
  BEGUN_ON_CALL(8);

  final int code;

  HelpingEvent(int code) {
    this.code = code;
  }
}
