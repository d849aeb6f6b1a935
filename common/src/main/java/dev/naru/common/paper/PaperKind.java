package dev.naru.common.paper;

/// What a paper proves. The kind is part of what is signed: a ticket never passes for a pass.
public enum PaperKind {
  /// An identity check that was begun: which device began it.
  REQUEST(1),
  /// "Is this person".
  SESSION(2),
  /// "Has number n".
  TICKET(3),
  /// "May book until t".
  PASS(4),
  /// "Acts for this person": what a helper sends beside their own session.
  HELPING(5),
  /// An identity check of somebody on the telephone, begun by a member of staff: in which session.
  CALL(6);

  final byte code;

  PaperKind(int code) {
    this.code = (byte) code;
  }
}
