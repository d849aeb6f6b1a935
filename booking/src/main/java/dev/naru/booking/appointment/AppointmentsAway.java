package dev.naru.booking.appointment;

/// The database did not answer as it should. Whether a change took effect is not known; making it
/// again does no harm.
public final class AppointmentsAway extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AppointmentsAway(Throwable cause) {
    super("the appointments cannot be reached", cause);
  }
}
