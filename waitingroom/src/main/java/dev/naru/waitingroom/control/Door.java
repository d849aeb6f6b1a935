package dev.naru.waitingroom.control;

/// What an operator did with the door of a line.
public enum Door {
  /// People are called.
  OPEN,
  /// Nobody further is called; who was called may enter.
  PAUSED,
  /// Nobody joins, is called or enters; who is inside may finish.
  CLOSED
}
