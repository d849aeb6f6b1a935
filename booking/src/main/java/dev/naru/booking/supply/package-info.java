@NullMarked
package dev.naru.booking.supply;

import org.jspecify.annotations.NullMarked;
