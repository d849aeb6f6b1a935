/// Lists of people that an agency imports: kept as keyed hashes, asked from memory.
@NullMarked
package dev.naru.booking.personlist;

import org.jspecify.annotations.NullMarked;
