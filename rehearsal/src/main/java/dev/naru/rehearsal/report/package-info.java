/// What a rehearsal or a forecast leaves behind: the record of a run as JSON, plots, and pages that
/// need nothing but themselves.
@NullMarked
package dev.naru.rehearsal.report;

import org.jspecify.annotations.NullMarked;
