/// Who may hold a connection of the public port, and for how long: below the web server.
@NullMarked
package dev.naru.app.connection;

import org.jspecify.annotations.NullMarked;
