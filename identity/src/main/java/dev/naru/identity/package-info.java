@NullMarked
package dev.naru.identity;

import org.jspecify.annotations.NullMarked;
