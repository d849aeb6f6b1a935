@NullMarked
package dev.naru.common.batch;

import org.jspecify.annotations.NullMarked;
