@NullMarked
package dev.naru.common.text;

import org.jspecify.annotations.NullMarked;
