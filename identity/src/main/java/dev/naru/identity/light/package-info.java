@NullMarked
package dev.naru.identity.light;

import org.jspecify.annotations.NullMarked;
