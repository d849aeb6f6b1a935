package dev.naru.identity.provider;

import dev.naru.common.text.LocalText;

/// What every configured provider has.
///
/// @param id its stable name in addresses
/// @param name what people call it
/// @param capacity how many checks it handles at once without making anybody wait
public record About(String id, LocalText name, int capacity) {}
