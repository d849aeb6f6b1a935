package dev.naru.waitingroom.draw;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes a whole draw again from what was published and compares it with a dump of tickets.
public final class DrawVerify {
  /// Somebody who sees ten faults does not need the eleventh.
  private static final int SHOWN = 10;

  private DrawVerify() {}

  /// A ticket of the dump.
  ///
  /// @param number as it was given, from 1
  /// @param place as it was called, from 1
  public record Placed(long number, long place) {}

  /// What came of it.
  public sealed interface Verdict {
    /// Everything is as published.
    ///
    /// @param tickets how many were checked
    record Right(long tickets) implements Verdict {}

    /// Something is not.
    ///
    /// @param faults the first ten, as sentences
    record Wrong(List<String> faults) implements Verdict {}
  }

  /// Checks the commitment, that no number of the lobby is missing or there twice, that the numbers
  /// after it have no gap, and each place.
  ///
  /// @param commitment as published before the opening, lower-case hex
  /// @param size the lobby's size as published, 0 to 2,147,483,646
  /// @param tickets in any order
  public static Verdict verify(
      String commitment, Seed seed, long size, @Nullable String beacon, Iterator<Placed> tickets) {
    List<String> faults = new ArrayList<>();
    if (!seed.commitment().equals(commitment)) {
      faults.add("the seed is not the one that was committed to: its SHA-256 differs");
    }
    Draw draw = new Draw(seed, size, beacon);
    BitSet seen = new BitSet();
    long count = 0;
    while (tickets.hasNext() && faults.size() < SHOWN) {
      Placed ticket = tickets.next();
      count++;
      check(draw, ticket, seen, faults);
    }
    if (faults.isEmpty() && count < size) {
      faults.add("the lobby had " + size + " people, but the dump has " + count + " tickets");
    }
    if (faults.isEmpty() && seen.nextClearBit(1) <= count) {
      faults.add("number " + seen.nextClearBit(1) + " is missing");
    }
    return faults.isEmpty() ? new Verdict.Right(count) : new Verdict.Wrong(List.copyOf(faults));
  }

  private static void check(Draw draw, Placed ticket, BitSet seen, List<String> faults) {
    if (ticket.number() < 1 || ticket.number() >= Integer.MAX_VALUE) {
      faults.add(ticket.number() + " is not a number that is ever given");
      return;
    }
    int number = (int) ticket.number();
    if (seen.get(number)) {
      faults.add("number " + number + " is there twice");
    }
    seen.set(number);
    long place = draw.placeOf(number);
    if (place != ticket.place()) {
      faults.add(
          "number %d has place %d, but was drawn %d".formatted(number, ticket.place(), place));
    }
  }
}
