package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import org.jspecify.annotations.Nullable;

/// A city, county or ward (시군구). The wards of a large city are districts of their own, below the
/// city: 수원시 장안구 below 수원시.
///
/// @param code the first five digits of the legal-dong code
/// @param name name of today; that of a ward begins with its city: 수원시 장안구
/// @param province code of its province
/// @param city code of the city it is a ward of; null for all others
/// @param divided whether it is a city with wards below it
/// @param centre of the area, to 0.01°
/// @param population residents of October 2021, to the hundred; a city counts all of its wards
public record District(
    String code,
    LocalText name,
    String province,
    @Nullable String city,
    boolean divided,
    Point centre,
    int population) {}
