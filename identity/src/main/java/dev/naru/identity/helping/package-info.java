/// Acting for somebody else, with their consent and in their name.
@NullMarked
package dev.naru.identity.helping;

import org.jspecify.annotations.NullMarked;
