@NullMarked
package dev.naru.identity.person;

import org.jspecify.annotations.NullMarked;
