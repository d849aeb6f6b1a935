@NullMarked
package dev.naru.common.web;

import org.jspecify.annotations.NullMarked;
