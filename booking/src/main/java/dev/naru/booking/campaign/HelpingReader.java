package dev.naru.booking.campaign;

import dev.naru.common.yaml.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the section `helping` of a campaign file.
final class HelpingReader {
  /// A large household. Who helps more people is an office, and is on a list.
  private static final int MOST_FAMILY = 10;

  private HelpingReader() {}

  static @Nullable Helping read(Section file, AudienceReader lists) {
    if (!file.has("helping")) {
      return Helping.FORBIDDEN;
    }
    Section section = file.section("helping", List.of("family", "staff"));
    if (section == null) {
      return null;
    }
    Integer family = section.optional("family", Kinds.whole(0, MOST_FAMILY), 0);
    String staff = section.has("staff") ? section.required("staff", lists.known()) : null;
    return family == null ? null : new Helping(family, staff);
  }
}
