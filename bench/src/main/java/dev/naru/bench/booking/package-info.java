/// The booking engine beside programs without one.
@NullMarked
package dev.naru.bench.booking;

import org.jspecify.annotations.NullMarked;
