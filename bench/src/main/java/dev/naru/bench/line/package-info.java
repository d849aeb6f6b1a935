/// Joining the line.
@NullMarked
package dev.naru.bench.line;

import org.jspecify.annotations.NullMarked;
