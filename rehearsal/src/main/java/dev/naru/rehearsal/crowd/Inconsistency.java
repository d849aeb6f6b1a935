package dev.naru.rehearsal.crowd;

/// The server contradicted itself.
///
/// @param person index
/// @param what in a sentence
public record Inconsistency(int person, String what) {}
