@NullMarked
package dev.naru.identity.check;

import org.jspecify.annotations.NullMarked;
