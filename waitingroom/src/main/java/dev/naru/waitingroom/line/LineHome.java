package dev.naru.waitingroom.line;

import dev.naru.database.valkey.Valkey;
import javax.sql.DataSource;

/// Where the lines keep what moves: numbers, the calling, passes and the status. What never changes
/// or rarely does, the secret seeds and the operators' journal, is always in PostgreSQL.
public sealed interface LineHome {
  /// With the schema `waitingroom`.
  DataSource database();

  /// All of it in PostgreSQL.
  record InPostgres(DataSource database) implements LineHome {}

  /// What moves in a Valkey or Redis that all nodes share. A line whose first number PostgreSQL
  /// gave stays there, and does not move in this home.
  record InValkey(DataSource database, Valkey valkey) implements LineHome {}
}
