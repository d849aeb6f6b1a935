package dev.naru.bench.admission;

/// Somebody on their way; what they do next, and how often they were sent away in a row.
final class Person {
  boolean inside;
  int refusals;
}
