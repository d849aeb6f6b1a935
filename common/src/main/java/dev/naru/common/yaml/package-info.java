@NullMarked
package dev.naru.common.yaml;

import org.jspecify.annotations.NullMarked;
