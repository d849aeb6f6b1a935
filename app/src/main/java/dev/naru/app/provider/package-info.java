@NullMarked
package dev.naru.app.provider;

import org.jspecify.annotations.NullMarked;
