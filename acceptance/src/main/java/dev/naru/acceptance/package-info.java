/// The packaged program, attacked over HTTP.
@NullMarked
package dev.naru.acceptance;

import org.jspecify.annotations.NullMarked;
