package dev.naru.booking.place;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody on the waitlist wants, and where they stand in line.
///
/// @param line the window that they were called in
/// @param place in that line, by the draw
/// @param cohort decides in which windows they can be offered something
/// @param sites one to five
/// @param from first day, included
/// @param to last day, included
/// @param product index of the product; null for any
public record WaitlistEntry(
    int line,
    long place,
    int cohort,
    List<Integer> sites,
    LocalDate from,
    LocalDate to,
    @Nullable Integer product) {

  /// As many as somebody can really go to.
  public static final int MOST_SITES = 5;

  public WaitlistEntry {
    sites = List.copyOf(sites);
  }
}
