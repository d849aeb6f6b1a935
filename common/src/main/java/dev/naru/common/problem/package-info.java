@NullMarked
package dev.naru.common.problem;

import org.jspecify.annotations.NullMarked;
