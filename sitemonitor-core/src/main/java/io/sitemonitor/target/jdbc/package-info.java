/**
 * Checks from the rows of a database: {@link io.sitemonitor.target.jdbc.JdbcTargets}. Imports {@code check},
 * {@code definition} and the room above with its back room. Immutable; a reading uses one connection of the user's
 * {@code DataSource} on the thread that reads.
 */
@NullMarked
package io.sitemonitor.target.jdbc;

import org.jspecify.annotations.NullMarked;
