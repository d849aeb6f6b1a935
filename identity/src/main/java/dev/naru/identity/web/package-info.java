@NullMarked
package dev.naru.identity.web;

import org.jspecify.annotations.NullMarked;
