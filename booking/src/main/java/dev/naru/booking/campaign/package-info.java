@NullMarked
package dev.naru.booking.campaign;

import org.jspecify.annotations.NullMarked;
