package dev.naru.rehearsal.crowd;

import dev.naru.rehearsal.http.Answer;
import dev.naru.rehearsal.http.Call;

/// The way through the stations: each station hands people on to the next by these.
interface Steps {
  void verify(Person person);

  void join(Person person);

  void askAdmission(Person person);

  /// Searches and books, with a pass.
  void book(Person person);

  /// With a number, before the first look at the status.
  void wait(Person person, Runnable then);

  /// After a booking.
  void settle(Person person, Reservation reservation);

  void leave(Person person, Departure why);

  /// What to do with an answer that a station does not know: verify again if the session is over,
  /// otherwise leave.
  void unexpected(Person person, Call call, Answer answer);
}
