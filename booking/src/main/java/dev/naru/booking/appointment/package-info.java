@NullMarked
package dev.naru.booking.appointment;

import org.jspecify.annotations.NullMarked;
