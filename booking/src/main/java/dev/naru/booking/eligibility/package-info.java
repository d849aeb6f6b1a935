@NullMarked
package dev.naru.booking.eligibility;

import org.jspecify.annotations.NullMarked;
