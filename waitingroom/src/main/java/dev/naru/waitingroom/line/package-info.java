@NullMarked
package dev.naru.waitingroom.line;

import org.jspecify.annotations.NullMarked;
