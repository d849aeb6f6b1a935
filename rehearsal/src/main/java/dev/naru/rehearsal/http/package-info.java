@NullMarked
package dev.naru.rehearsal.http;

import org.jspecify.annotations.NullMarked;
