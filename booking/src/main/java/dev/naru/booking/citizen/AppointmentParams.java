package dev.naru.booking.citizen;

import dev.naru.common.problem.Problem;
import dev.naru.common.text.LocalText;
import dev.naru.common.web.CommonProblems;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what calls on appointments, holds and the waitlist name, and says what is wrong with it.
final class AppointmentParams {
  private AppointmentParams() {}

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SLOT = Pattern.compile("[0-9]{1,18}");

  static Optional<UUID> uuid(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  static OptionalLong slot(@Nullable String text) {
    return text != null && SLOT.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  static final Problem BAD_ID =
      CommonProblems.malformed(
          "id",
          new LocalText("UUID여야 합니다.", "must be a UUID, made by the caller for each booking."));
  static final Problem BAD_CAMPAIGN =
      CommonProblems.malformed(
          "campaign", new LocalText("예약의 id여야 합니다.", "must be the id of a campaign."));

  /// Of a product: see the campaign file.
  static final int MOST_DOSES = 4;

  static final Problem BAD_DOSE =
      CommonProblems.malformed(
          "dose", new LocalText("1부터 4까지의 수여야 합니다.", "must be a number from 1 to 4."));
  static final Problem BAD_SLOT =
      CommonProblems.malformed(
          "slot", new LocalText("목록의 slot 값이어야 합니다.", "must be a slot from the list."));
}
