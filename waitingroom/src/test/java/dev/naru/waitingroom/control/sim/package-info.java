@NullMarked
package dev.naru.waitingroom.control.sim;

import org.jspecify.annotations.NullMarked;
