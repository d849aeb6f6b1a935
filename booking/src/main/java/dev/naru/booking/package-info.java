@NullMarked
package dev.naru.booking;

import org.jspecify.annotations.NullMarked;
