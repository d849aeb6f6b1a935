package dev.naru.identity.light;

import dev.naru.common.text.LocalText;
import dev.naru.identity.provider.Start;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a provider does.
///
/// @param id its stable name
/// @param name what people call it
/// @param next how a check goes on after its start
/// @param byTelephone whether it can be answered by telephone, while somebody else has the page
/// @param light what to show
/// @param median how long a check takes, as last measured; null before the first
/// @param measured what the light was judged by
public record ProviderStatus(
    String id,
    LocalText name,
    Start.Next next,
    boolean byTelephone,
    Light light,
    @Nullable Duration median,
    Measured measured) {}
