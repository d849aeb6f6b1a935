@NullMarked
package dev.naru.common.person;

import org.jspecify.annotations.NullMarked;
