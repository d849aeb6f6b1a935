@NullMarked
package dev.naru.identity.provider;

import org.jspecify.annotations.NullMarked;
