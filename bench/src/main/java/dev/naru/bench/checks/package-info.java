/// Identity checks.
@NullMarked
package dev.naru.bench.checks;

import org.jspecify.annotations.NullMarked;
