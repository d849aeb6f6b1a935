package dev.naru.booking.site;

import org.jspecify.annotations.Nullable;

/// A site as a list names it, before it is stored.
///
/// @param source the list, such as `mohw-public-health-centres`
/// @param key which row of the list; the same when the list is imported again
/// @param kind free text such as 보건소
/// @param region code of its district, five digits
/// @param point where it is, when the list says so
/// @param hours "Mo-Fr 09:00-12:00,13:00-18:00; Sa 09:00-13:00"
public record ListedSite(
    String source,
    String key,
    String name,
    String kind,
    String address,
    @Nullable String phone,
    String region,
    @Nullable Point point,
    String hours) {}
