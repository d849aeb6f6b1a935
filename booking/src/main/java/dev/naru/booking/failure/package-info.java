/// What the log is told when something fails.
@NullMarked
package dev.naru.booking.failure;

import org.jspecify.annotations.NullMarked;
