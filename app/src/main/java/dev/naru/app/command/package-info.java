@NullMarked
package dev.naru.app.command;

import org.jspecify.annotations.NullMarked;
