@NullMarked
package dev.naru.common.limit;

import org.jspecify.annotations.NullMarked;
