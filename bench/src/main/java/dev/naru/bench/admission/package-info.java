@NullMarked
package dev.naru.bench.admission;

import org.jspecify.annotations.NullMarked;
