@NullMarked
package dev.naru.booking.citizen;

import org.jspecify.annotations.NullMarked;
