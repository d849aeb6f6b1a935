@NullMarked
package dev.naru.identity.provider.phone;

import org.jspecify.annotations.NullMarked;
