/// Search in memory beside search in SQL.
@NullMarked
package dev.naru.bench.search;

import org.jspecify.annotations.NullMarked;
