package dev.naru.booking.citizen;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An appointment as JSON.
///
/// @param state booked or cancelled
/// @param site id of the site; what people read of it stands beside
/// @param startsAt in the campaign's zone
/// @param product id of the product
/// @param following the later doses booked with it; absent where there are none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AppointmentView(
    String id,
    String state,
    String campaign,
    String site,
    String siteName,
    String siteAddress,
    @Nullable String sitePhone,
    String slot,
    OffsetDateTime startsAt,
    String product,
    String productName,
    int dose,
    @Nullable List<AppointmentView> following) {}
