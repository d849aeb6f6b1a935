package dev.naru.rehearsal.crowd;

/// What people do once they have booked; each a share of those who booked, 0 to 1.
///
/// @param read look at their appointment again
/// @param move take another time at the same site
/// @param cancel give their appointment back
/// @param logout say goodbye; the others just close the page
public record Habits(double read, double move, double cancel, double logout) {
  public Habits {
    Shares.check(read, move, cancel, logout);
    if (move + cancel > 1) {
      throw new IllegalArgumentException("nobody moves and cancels");
    }
  }
}
