/// Benchmarks: main classes, never run by the suite. docs/performance.md has the commands.
@NullMarked
package dev.naru.booking.bench;

import org.jspecify.annotations.NullMarked;
