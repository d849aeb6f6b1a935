@NullMarked
package dev.naru.common.eligibility;

import org.jspecify.annotations.NullMarked;
