@NullMarked
package dev.naru.booking.hold;

import org.jspecify.annotations.NullMarked;
