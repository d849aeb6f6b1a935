package dev.naru.booking.campaign;

import dev.naru.common.eligibility.Audience;
import dev.naru.common.eligibility.BookingWindow;
import dev.naru.common.yaml.MistakeList;
import dev.naru.common.yaml.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// Reads who may book when: the rotation, the open phase, or windows one by one.
final class CalendarReader {
  /// Three months of daily windows.
  static final int MOST_WINDOWS = 100;

  private static final Duration USUAL_LOBBY = Duration.ofMinutes(30);
  private static final String ROTATION = "last-digit-of-birth-day";
  private static final Section.Kind<Integer> DIGIT = Kinds.whole(0, CampaignCalendar.COHORTS - 1);
  private static final Section.Kind<String> BY =
      new Section.Kind<>(ROTATION, text -> text.equals(ROTATION) ? text : null);

  private final MistakeList mistakes;
  private final ZoneId zone;
  private final AudienceReader audiences;
  private final boolean foreignersApart;
  private final List<Opening> openings = new ArrayList<>();

  /// A window with its place in the file.
  private record Opening(
      Node at,
      String field,
      Set<Integer> digits,
      Instant opens,
      Instant closes,
      Audience audience) {}

  /// @param foreignersApart whether foreigners have windows of their own
  CalendarReader(
      MistakeList mistakes, ZoneId zone, AudienceReader audiences, boolean foreignersApart) {
    this.mistakes = mistakes;
    this.zone = zone;
    this.audiences = audiences;
    this.foreignersApart = foreignersApart;
  }

  /// The calendar, or null when there is a mistake in it.
  @Nullable CampaignCalendar read(Section file) {
    Duration lobby = lobby(file);
    boolean complete = readOpenings(file);
    if (lobby == null || !complete || !isInOrder(lobby) || !isDealtEvenly(file)) {
      return null;
    }
    int cohortWindows = (int) openings.stream().filter(o -> !o.digits().isEmpty()).count();
    int days = Math.max(1, cohortWindows);
    List<BookingWindow> windows =
        IntStream.range(0, openings.size())
            .mapToObj(line -> window(line, Math.min(line + 1, days), days, lobby))
            .toList();
    return new CampaignCalendar(zone, windows);
  }

  private BookingWindow window(int line, int releaseDay, int releaseDays, Duration lobby) {
    Opening opening = openings.get(line);
    return new BookingWindow(
        line,
        opening.digits(),
        opening.opens().minus(lobby),
        opening.opens(),
        opening.closes(),
        releaseDay,
        releaseDays,
        opening.audience());
  }

  private static @Nullable Duration lobby(Section file) {
    if (!file.has("lobby")) {
      return USUAL_LOBBY;
    }
    Section section = file.section("lobby", List.of("opensBefore"));
    return section == null
        ? null
        : section.required("opensBefore", Kinds.duration(Duration.ZERO, Duration.ofDays(1)));
  }

  /// False when one of them could not be read.
  private boolean readOpenings(Section file) {
    if (!file.has("windows")) {
      if (!file.has("rotation") && !file.has("openPhase")) {
        file.missing("openPhase", "at least one of rotation, openPhase, windows");
        return false;
      }
      if (foreignersApart) {
        file.missing("windows", "windows, some of them with foreigners: true");
        return false;
      }
      boolean rotation = !file.has("rotation") || readRotation(file);
      return (!file.has("openPhase") || readOpenPhase(file)) && rotation;
    }
    boolean alone = true;
    for (String other : List.of("rotation", "openPhase")) {
      if (file.has(other)) {
        file.mistake(other, "either windows, or rotation and openPhase");
        alone = false;
      }
    }
    return readWindows(file) && alone;
  }

  private boolean readRotation(Section file) {
    Section section =
        file.section(
            "rotation", List.of("by", "first", "days", "opens", "closes", "digits", "only", "not"));
    if (section == null) {
      return false;
    }
    String by = section.required("by", BY);
    LocalDate first = section.required("first", Kinds.DATE);
    Integer days = section.optional("days", Kinds.whole(1, CampaignCalendar.COHORTS), 10);
    LocalTime opens = section.required("opens", Kinds.TIME_OF_DAY);
    LocalTime closes = section.required("closes", Kinds.TIME_OF_DAY);
    List<Set<Integer>> digits = digits(section);
    Audience audience = audiences.audience(section, usual());
    if (by == null || first == null || days == null || opens == null || closes == null) {
      return false;
    }
    if (section.has("digits") && digits.size() != days) {
      section.mistake("digits", "a digit or list of digits for each of the " + days + " days");
      return false;
    }
    for (int day = 0; day < days; day++) {
      LocalDate date = first.plusDays(day);
      Instant from = Kinds.instant(date.atTime(opens), zone);
      Instant to = Kinds.instant(date.plusDays(closes.isAfter(opens) ? 0 : 1).atTime(closes), zone);
      if (from == null || to == null) {
        section.mistake(
            from == null ? "opens" : "closes", "a time that exists on each day in " + zone);
        return false;
      }
      Set<Integer> cohorts =
          section.has("digits")
              ? digits.get(day)
              : Set.of(date.getDayOfMonth() % CampaignCalendar.COHORTS);
      openings.add(
          new Opening(
              section.at("first"),
              "rotation, day " + (day + 1) + " (" + date + ")",
              cohorts,
              from,
              to,
              audience));
    }
    return true;
  }

  private static List<Set<Integer>> digits(Section section) {
    List<Section.Item> items = section.items("digits", CampaignCalendar.COHORTS);
    List<Set<Integer>> digits = new ArrayList<>();
    if (items != null) {
      for (Section.Item item : items) {
        digits.add(Set.copyOf(section.listOf(item, DIGIT)));
      }
    }
    return digits;
  }

  private boolean readOpenPhase(Section file) {
    Section section = file.section("openPhase", List.of("from", "to", "only", "not"));
    if (section == null) {
      return false;
    }
    Instant from = section.required("from", Kinds.moment(zone));
    Instant to = section.required("to", Kinds.moment(zone));
    if (from == null || to == null) {
      return false;
    }
    Audience audience = audiences.audience(section, usual());
    openings.add(new Opening(section.at("from"), "openPhase", Set.of(), from, to, audience));
    return true;
  }

  private boolean readWindows(Section file) {
    List<Section.Item> items = file.items("windows", MOST_WINDOWS);
    if (items == null || items.isEmpty()) {
      if (items != null) {
        file.mistake("windows", "at least one window");
      }
      return false;
    }
    boolean complete = true;
    for (Section.Item item : items) {
      Section section =
          file.section(item, List.of("opens", "closes", "digits", "foreigners", "only", "not"));
      complete &= section != null && readWindow(item, section);
    }
    return complete && (!foreignersApart || someAreForEach(file));
  }

  private boolean someAreForEach(Section file) {
    for (Audience.Origin origin : List.of(Audience.Origin.FOREIGN, Audience.Origin.DOMESTIC)) {
      if (openings.stream().noneMatch(opening -> opening.audience().origin() == origin)) {
        file.mistake(
            "windows",
            "with eligible.foreigners: own-windows at least one window with foreigners: true, and"
                + " one without");
        return false;
      }
    }
    return true;
  }

  private Audience.Origin usual() {
    return foreignersApart ? Audience.Origin.DOMESTIC : Audience.Origin.ANY;
  }

  private boolean readWindow(Section.Item item, Section section) {
    Instant opens = section.required("opens", Kinds.moment(zone));
    Instant closes = section.required("closes", Kinds.moment(zone));
    List<Integer> digits = section.list("digits", CampaignCalendar.COHORTS, DIGIT);
    Boolean foreigners = section.optional("foreigners", Kinds.YES_OR_NO, false);
    if (opens == null || closes == null || foreigners == null) {
      return false;
    }
    if (foreigners && !foreignersApart) {
      section.mistake("foreigners", "eligible.foreigners: own-windows, or no such key here");
      return false;
    }
    if (section.has("digits") && digits.isEmpty()) {
      section.mistake("digits", "at least one digit; without the key the window is for everybody");
      return false;
    }
    Audience audience = audiences.audience(section, foreigners ? Audience.Origin.FOREIGN : usual());
    openings.add(
        new Opening(item.node(), item.path(), Set.copyOf(digits), opens, closes, audience));
    return true;
  }

  /// Each closes after it opens, none begins (lobby included) before the one in front has closed,
  /// and those for everybody come last, since they release everything.
  private boolean isInOrder(Duration lobby) {
    boolean right = true;
    for (int i = 0; i < openings.size(); i++) {
      Opening opening = openings.get(i);
      if (!opening.closes().isAfter(opening.opens())) {
        add(opening, "it closes at " + at(opening.closes()), closing(opening));
        right = false;
      }
      if (i > 0 && opening.opens().minus(lobby).isBefore(openings.get(i - 1).closes())) {
        add(
            opening,
            "it opens at " + at(opening.opens()),
            "an opening at least the lobby's "
                + lobby.toString().substring(2)
                + " after "
                + at(openings.get(i - 1).closes())
                + ", when the window in front of it closes");
        right = false;
      }
      if (i > 0 && !opening.digits().isEmpty() && openings.get(i - 1).digits().isEmpty()) {
        add(opening, "digits after a window for everybody", "windows for everybody at the end");
        right = false;
      }
    }
    return right;
  }

  private String closing(Opening opening) {
    return "a closing after the opening at " + at(opening.opens());
  }

  private String at(Instant moment) {
    return moment.atZone(zone).toLocalDateTime().toString();
  }

  private void add(Opening opening, String found, String expected) {
    mistakes.add(opening.at(), opening.field(), found, expected);
  }

  /// Each digit has one day and no other, or nobody's day is decided by a digit.
  private boolean isDealtEvenly(Section file) {
    Set<Integer> seen = new HashSet<>();
    boolean once = true;
    for (Opening opening : openings) {
      for (int digit : opening.digits()) {
        if (!seen.add(digit)) {
          add(opening, "digit " + digit + " a second time", "each digit on one day");
          once = false;
        }
      }
    }
    List<Integer> without =
        IntStream.range(0, CampaignCalendar.COHORTS)
            .filter(d -> !seen.contains(d))
            .boxed()
            .toList();
    if (!seen.isEmpty() && !without.isEmpty()) {
      String key = file.has("rotation") ? "rotation" : "windows";
      mistakes.add(
          file.at(key),
          key + ".digits",
          "no day for the digits " + without,
          "each digit on one day");
      return false;
    }
    return once;
  }
}
