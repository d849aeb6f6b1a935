@NullMarked
package dev.naru.database;

import org.jspecify.annotations.NullMarked;
