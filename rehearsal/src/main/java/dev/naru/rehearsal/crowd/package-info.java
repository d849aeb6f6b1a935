@NullMarked
package dev.naru.rehearsal.crowd;

import org.jspecify.annotations.NullMarked;
