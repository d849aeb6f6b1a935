@NullMarked
package dev.naru.waitingroom.draw;

import org.jspecify.annotations.NullMarked;
