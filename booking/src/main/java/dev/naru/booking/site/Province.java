package dev.naru.booking.site;

import dev.naru.common.text.LocalText;
import java.util.List;

/// One of the 17 provinces and metropolitan cities (시도).
///
/// @param code the first two digits of the legal-dong code
/// @param name official name of today in Korean, short name in English
/// @param otherNames short and former Korean names
/// @param centre of the area, to 0.01°
/// @param population residents of October 2021, to the hundred
public record Province(
    String code, LocalText name, List<String> otherNames, Point centre, int population) {}
