@NullMarked
package dev.naru.identity.provider.remote;

import org.jspecify.annotations.NullMarked;
