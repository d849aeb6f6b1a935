package dev.naru.rehearsal.crowd;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Every booking that was acknowledged, by person. A nation's worth has to be kept until the end
/// and compared then, so a booking is some sixty bytes in arrays, and a [Reservation] only while
/// somebody looks at it.
final class Ledger {
  private static final int NONE = -1;

  private final int[] entryOf;
  private int[] person = new int[64];
  private long[] high = new long[64];
  private long[] low = new long[64];
  private long[] slot = new long[64];
  private byte[] dose = new byte[64];
  private Reservation.State[] state = new Reservation.State[64];
  private String[] site = new String[64];
  private String[] startsAt = new String[64];

  /// Appointments of later doses: those of entry i end where those of i + 1 begin.
  private int[] followingFrom = new int[64];

  private long[] following = new long[64];
  private int followingEnd;
  private int entries;

  /// Sites, times, and slots whose id is no number: few, and each told to many.
  private final Map<String, String> texts = new HashMap<>();

  private final Map<String, Long> slotOf = new HashMap<>();
  private final Map<Long, String> slotNamed = new HashMap<>();

  Ledger(int people) {
    this.entryOf = new int[people];
    Arrays.fill(entryOf, NONE);
  }

  int size() {
    return entries;
  }

  /// Keeps what somebody was told; what was kept of them before is replaced, its later doses stay.
  void keep(Reservation told) {
    int at = entryOf[told.person()];
    if (at == NONE) {
      at = entries++;
      grow();
      entryOf[told.person()] = at;
      followingFrom[at] = followingEnd;
      told.following().forEach(id -> follow(UUID.fromString(id)));
    }
    UUID id = UUID.fromString(told.appointment());
    person[at] = told.person();
    high[at] = id.getMostSignificantBits();
    low[at] = id.getLeastSignificantBits();
    slot[at] = number(told.slot());
    dose[at] = (byte) told.dose();
    state[at] = told.state();
    site[at] = texts.computeIfAbsent(told.site(), text -> text);
    startsAt[at] = texts.computeIfAbsent(told.startsAt(), text -> text);
  }

  private void grow() {
    if (entries > person.length) {
      int length = person.length + person.length / 2;
      person = Arrays.copyOf(person, length);
      high = Arrays.copyOf(high, length);
      low = Arrays.copyOf(low, length);
      slot = Arrays.copyOf(slot, length);
      dose = Arrays.copyOf(dose, length);
      state = Arrays.copyOf(state, length);
      site = Arrays.copyOf(site, length);
      startsAt = Arrays.copyOf(startsAt, length);
      followingFrom = Arrays.copyOf(followingFrom, length);
    }
  }

  private void follow(UUID id) {
    if (followingEnd + 2 > following.length) {
      following = Arrays.copyOf(following, following.length + following.length / 2);
    }
    following[followingEnd++] = id.getMostSignificantBits();
    following[followingEnd++] = id.getLeastSignificantBits();
  }

  /// Naru's slots are numbers; whatever else is called by a number below 0.
  private long number(String text) {
    boolean plain = text.length() <= 18 && !text.isEmpty() && text.charAt(0) != '0';
    for (int i = 0; plain && i < text.length(); i++) {
      plain = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (plain) {
      return Long.parseLong(text);
    }
    return slotOf.computeIfAbsent(
        text,
        named -> {
          long number = -1L - slotNamed.size();
          slotNamed.put(number, named);
          return number;
        });
  }

  private Reservation entry(int at) {
    int end = at + 1 < entries ? followingFrom[at + 1] : followingEnd;
    String[] later = new String[(end - followingFrom[at]) / 2];
    for (int i = 0; i < later.length; i++) {
      int from = followingFrom[at] + 2 * i;
      later[i] = new UUID(following[from], following[from + 1]).toString();
    }
    long number = slot[at];
    return new Reservation(
        person[at],
        new UUID(high[at], low[at]).toString(),
        dose[at],
        site[at],
        number >= 0 ? Long.toString(number) : slotNamed.getOrDefault(number, ""),
        startsAt[at],
        List.of(later),
        state[at]);
  }

  /// All of them, in the order in which people booked; each is made when it is looked at.
  List<Reservation> reservations() {
    return new AbstractList<>() {
      @Override
      public Reservation get(int index) {
        return entry(index);
      }

      @Override
      public int size() {
        return entries;
      }
    };
  }
}
