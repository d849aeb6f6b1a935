@NullMarked
package dev.naru.waitingroom.web;

import org.jspecify.annotations.NullMarked;
