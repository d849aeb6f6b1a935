/// What an opening will be like, before there is anything to measure: who comes, when, how long
/// they wait, when all are done.
@NullMarked
package dev.naru.rehearsal.forecast;

import org.jspecify.annotations.NullMarked;
