@NullMarked
package dev.naru.common.paper;

import org.jspecify.annotations.NullMarked;
