package dev.naru.booking.appointment;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The appointments of one booking: the caller makes the id of the first dose, the later ones
/// follow from it, so that a retry makes the same.
final class Doses {
  /// Most doses of a product.
  static final int MOST = 4;

  private Doses() {}

  /// The id of a dose's appointment.
  static UUID id(UUID first, int dose) {
    return dose == 1 ? first : UUID.nameUUIDFromBytes((first + "/" + dose).getBytes(US_ASCII));
  }

  /// The ids of all doses that a booking can have.
  static List<UUID> ids(UUID first) {
    return IntStream.rangeClosed(1, MOST).mapToObj(dose -> id(first, dose)).toList();
  }
}
