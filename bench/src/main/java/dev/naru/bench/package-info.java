/// `naru bench`: how fast the parts are, beside what others do. Nothing of the product depends on
/// it.
@NullMarked
package dev.naru.bench;

import org.jspecify.annotations.NullMarked;
