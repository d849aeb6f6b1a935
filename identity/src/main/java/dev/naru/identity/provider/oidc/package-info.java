@NullMarked
package dev.naru.identity.provider.oidc;

import org.jspecify.annotations.NullMarked;
