@NullMarked
package dev.naru.rehearsal.run;

import org.jspecify.annotations.NullMarked;
