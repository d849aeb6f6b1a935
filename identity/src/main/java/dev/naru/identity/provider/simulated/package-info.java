@NullMarked
package dev.naru.identity.provider.simulated;

import org.jspecify.annotations.NullMarked;
