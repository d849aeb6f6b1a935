/// The real program as a process of its own.
@NullMarked
package dev.naru.bench.served;

import org.jspecify.annotations.NullMarked;
