@NullMarked
package dev.naru.identity.session;

import org.jspecify.annotations.NullMarked;
