package dev.naru.booking.campaign;

import dev.naru.booking.campaign.Requirements.Foreigners;
import dev.naru.common.eligibility.Audience;
import dev.naru.common.yaml.Section;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the section `eligible`: ages or days of birth, foreigners, lists.
final class EligibleReader {
  private static final List<String> KEYS = List.of("born", "age", "foreigners", "only", "not");
  private static final int OLDEST = 130;
  private static final Section.Kind<Foreigners> FOREIGNERS =
      new Section.Kind<>(
          "allowed, refused or own-windows",
          text ->
              switch (text) {
                case "allowed" -> Foreigners.ALLOWED;
                case "refused" -> Foreigners.REFUSED;
                case "own-windows" -> Foreigners.OWN_WINDOWS;
                default -> null;
              });

  private EligibleReader() {}

  /// @param from first day of birth
  /// @param to last day of birth
  record Eligible(LocalDate from, LocalDate to, Foreigners foreigners, Audience audience) {}

  static @Nullable Eligible read(Section file, AudienceReader audiences) {
    Section section = file.section("eligible", KEYS);
    if (section == null) {
      return null;
    }
    Born born = section.has("age") ? ages(section) : born(section);
    Foreigners foreigners = section.optional("foreigners", FOREIGNERS, Foreigners.ALLOWED);
    Audience audience = audiences.audience(section, Audience.Origin.ANY);
    return born == null || foreigners == null
        ? null
        : new Eligible(born.from(), born.to(), foreigners, audience);
  }

  private record Born(LocalDate from, LocalDate to) {}

  private static @Nullable Born born(Section eligible) {
    Section section = eligible.section("born", List.of("from", "to"));
    if (section == null) {
      return null;
    }
    LocalDate from = section.required("from", Kinds.DATE);
    LocalDate to = section.required("to", Kinds.DATE);
    if (from == null || to == null) {
      return null;
    }
    if (to.isBefore(from)) {
      section.mistake("to", "a date not before from, " + from);
    }
    return new Born(from, to);
  }

  private static @Nullable Born ages(Section eligible) {
    if (eligible.has("born")) {
      eligible.mistake("age", "either born or age");
      return null;
    }
    Section section = eligible.section("age", List.of("from", "to", "on"));
    if (section == null) {
      return null;
    }
    Integer from = section.required("from", Kinds.whole(0, OLDEST));
    Integer to = section.optional("to", Kinds.whole(0, OLDEST), OLDEST);
    LocalDate on = section.required("on", Kinds.DATE);
    if (from == null || to == null || on == null) {
      return null;
    }
    if (to < from) {
      section.mistake("to", "an age not below from, " + from);
    }
    return new Born(Ages.firstBirth(to, on), Ages.lastBirth(from, on));
  }
}
