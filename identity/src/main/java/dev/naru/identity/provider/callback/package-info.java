@NullMarked
package dev.naru.identity.provider.callback;

import org.jspecify.annotations.NullMarked;
