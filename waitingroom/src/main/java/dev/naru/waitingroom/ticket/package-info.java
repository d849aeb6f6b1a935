@NullMarked
package dev.naru.waitingroom.ticket;

import org.jspecify.annotations.NullMarked;
