package dev.naru.booking.appointment;

import java.sql.SQLException;
import java.time.LocalDate;

/// How often a person may cancel or move on one day.
///
/// @param changes 0: no limit, and nothing is counted
record DayLimit(int changes, LocalDate today) {
  /// Counts a change.
  void count(TransactionStore transaction, Appointment appointment) throws SQLException {
    if (changes > 0) {
      transaction.days().count(appointment.person(), appointment.campaign(), today, 1, 0);
    }
  }

  /// Whether no change is left.
  boolean isReached(TransactionStore transaction, Appointment appointment) throws SQLException {
    return changes > 0
        && transaction.days().of(appointment.person(), appointment.campaign(), today).changes()
            >= changes;
  }
}
