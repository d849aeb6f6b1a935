/// `naru bench lists`.
@NullMarked
package dev.naru.bench.lists;

import org.jspecify.annotations.NullMarked;
