/// Places that are no appointment, the counts of a person's day, and who waits for a freed dose:
/// their rows. Knows nothing of appointments.
@NullMarked
package dev.naru.booking.place;

import org.jspecify.annotations.NullMarked;
