/// How often somebody may ask.
@NullMarked
package dev.naru.common.rate;

import org.jspecify.annotations.NullMarked;
