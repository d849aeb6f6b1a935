/// What a rehearsal's crowd costs by itself.
@NullMarked
package dev.naru.bench.crowd;

import org.jspecify.annotations.NullMarked;
