@NullMarked
package dev.naru.identity.provider.approval;

import org.jspecify.annotations.NullMarked;
