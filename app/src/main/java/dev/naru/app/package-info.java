@NullMarked
package dev.naru.app;

import org.jspecify.annotations.NullMarked;
