package dev.naru.booking.campaign;

import dev.naru.common.yaml.Section;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the section `appointments` of a campaign file.
final class TermsReader {
  private static final List<String> KEYS =
      List.of("returnDelay", "hold", "waitlist", "changesPerDay");

  /// Longer than a night's sleep: a freed dose should still find somebody.
  private static final Duration MOST_DELAY = Duration.ofHours(12);

  /// Whoever needs longer for a form keeps a dose from others.
  private static final Duration MOST_HOLD = Duration.ofMinutes(30);

  private static final Duration MOST_ACCEPT = Duration.ofHours(24);
  private static final int MOST_CHANGES = 1_000;

  private TermsReader() {}

  static @Nullable AppointmentTerms read(Section file) {
    AppointmentTerms plain = AppointmentTerms.PLAIN;
    if (!file.has("appointments")) {
      return plain;
    }
    Section section = file.section("appointments", KEYS);
    if (section == null) {
      return null;
    }
    Duration delay = duration(section, "returnDelay", MOST_DELAY);
    Duration hold = duration(section, "hold", MOST_HOLD);
    Duration accept = duration(section, "waitlist", MOST_ACCEPT);
    Integer changes =
        section.optional("changesPerDay", Kinds.whole(0, MOST_CHANGES), plain.changesPerDay());
    return delay == null || hold == null || accept == null || changes == null
        ? null
        : new AppointmentTerms(delay, hold, accept, changes);
  }

  private static @Nullable Duration duration(Section section, String key, Duration most) {
    return section.optional(key, Kinds.duration(Duration.ZERO, most), Duration.ZERO);
  }
}
