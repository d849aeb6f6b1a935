@NullMarked
package dev.naru.waitingroom.control;

import org.jspecify.annotations.NullMarked;
