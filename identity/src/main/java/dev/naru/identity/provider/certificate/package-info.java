@NullMarked
package dev.naru.identity.provider.certificate;

import org.jspecify.annotations.NullMarked;
