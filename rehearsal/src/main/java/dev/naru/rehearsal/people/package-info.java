@NullMarked
package dev.naru.rehearsal.people;

import org.jspecify.annotations.NullMarked;
