package dev.naru.waitingroom.line;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// By which the stores know a line.
///
/// @param id of its row in PostgreSQL
/// @param keeper under which a Valkey keeps what moves; null when PostgreSQL does
public record LineKey(int id, @Nullable UUID keeper) {}
