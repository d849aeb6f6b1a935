/// Who lives where, by age: the residents' tables that a country publishes.
@NullMarked
package dev.naru.rehearsal.residents;

import org.jspecify.annotations.NullMarked;
