@NullMarked
package dev.naru.booking.waitlist;

import org.jspecify.annotations.NullMarked;
