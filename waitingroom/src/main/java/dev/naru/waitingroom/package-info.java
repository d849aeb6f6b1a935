@NullMarked
package dev.naru.waitingroom;

import org.jspecify.annotations.NullMarked;
