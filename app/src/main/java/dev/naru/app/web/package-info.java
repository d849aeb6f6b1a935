@NullMarked
package dev.naru.app.web;

import org.jspecify.annotations.NullMarked;
