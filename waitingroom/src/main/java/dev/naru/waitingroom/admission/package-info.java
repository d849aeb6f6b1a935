@NullMarked
package dev.naru.waitingroom.admission;

import org.jspecify.annotations.NullMarked;
