package dev.naru.bench.admission;

/// What may be wrong with a controller: the experiments must notice.
enum Fault {
  NONE,
  /// Booking takes whatever comes.
  NO_LIMIT,
  /// The pace is the ceiling, whatever booking says.
  FIXED_PACE,
  /// As many are called as should enter.
  EVERYBODY_COMES,
  /// Who finds the door full is taken for one who does not come.
  TURNED_AWAY_UNCOUNTED,
  /// The pace stays where it is.
  NEVER_GROWS,
  /// Who is sent away is not told when to come back.
  NO_TURN,
  /// Each second of trouble counts as lasting.
  NO_PATIENCE
}
