@NullMarked
package dev.naru.database.valkey;

import org.jspecify.annotations.NullMarked;
