/// Institutions and the country they are in: the region table, the import of lists, the synthetic
/// nation, and the store of sites.
@NullMarked
package dev.naru.booking.site;

import org.jspecify.annotations.NullMarked;
