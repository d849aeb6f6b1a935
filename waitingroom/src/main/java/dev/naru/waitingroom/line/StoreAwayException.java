package dev.naru.waitingroom.line;

/// Where the lines are kept did not answer. What was asked may have been done or not; it will show
/// when it is asked again.
public final class StoreAwayException extends Exception {
  private static final long serialVersionUID = 1;

  public StoreAwayException(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
