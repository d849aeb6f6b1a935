/// The whole journey in Chromium, against the packaged program.
@NullMarked
package dev.naru.acceptance.browser;

import org.jspecify.annotations.NullMarked;
