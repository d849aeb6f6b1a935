package dev.naru.booking.site;

import org.jspecify.annotations.Nullable;

/// An institution that people can book at.
///
/// @param id its number in this installation; never changes
/// @param region code of its district, five digits
/// @param point where it is; null when its list had no coordinates
/// @param hours as in [ListedSite]
/// @param active false once it takes no more bookings
public record Site(
    int id,
    String name,
    String kind,
    String address,
    @Nullable String phone,
    String region,
    @Nullable Point point,
    String hours,
    boolean active) {

  /// Where it is, or else the centre of its district.
  public Point pointOrCentre(Regions regions) {
    Point known = point;
    return known != null
        ? known
        : regions
            .byCode(region)
            .map(District::centre)
            .orElseThrow(() -> new IllegalStateException("Site " + id + " lies in no region"));
  }
}
