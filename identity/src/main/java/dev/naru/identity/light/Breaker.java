package dev.naru.identity.light;

/// Whether checks reach a provider.
public enum Breaker {
  /// They do.
  CLOSED,
  /// None does for a while: too many of the last ones failed.
  OPEN,
  /// The while is over: a few may try, and all may when those get through.
  PROBING
}
