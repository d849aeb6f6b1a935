/// Whole journeys over HTTP.
@NullMarked
package dev.naru.bench.journey;

import org.jspecify.annotations.NullMarked;
