package dev.naru.waitingroom.admission;

import dev.naru.common.person.PersonKey;
import dev.naru.waitingroom.line.LineHome;
import dev.naru.waitingroom.line.LineKey;
import dev.naru.waitingroom.line.StoreAwayException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Which person entered by which session.
interface AdmissionStore {
  /// The one of a home.
  static AdmissionStore in(LineHome home) {
    return switch (home) {
      case LineHome.InPostgres(var database) -> new PostgresAdmissionStore(database);
      case LineHome.InValkey(_, var valkey) -> new ValkeyAdmissionStore(valkey);
    };
  }

  /// Somebody at the door.
  ///
  /// @param now when they came
  /// @param end when a new pass would end
  record Request(
      LineKey line,
      String campaign,
      PersonKey person,
      long number,
      UUID session,
      Instant now,
      Instant end) {}

  /// Decides a batch in order of arrival, by [AdmissionRules#enter], one node at a time for each
  /// person. What it decided is durable when this returns.
  List<AdmissionRules.Entry> enter(List<Request> batch, SessionLife sessions)
      throws StoreAwayException;
}
