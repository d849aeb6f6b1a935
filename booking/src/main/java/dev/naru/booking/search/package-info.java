@NullMarked
package dev.naru.booking.search;

import org.jspecify.annotations.NullMarked;
