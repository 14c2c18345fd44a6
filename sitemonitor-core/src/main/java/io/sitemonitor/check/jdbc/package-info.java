/**
 * Checks that a database answers: {@link io.sitemonitor.check.jdbc.JdbcCheck}. Imports {@code check}, its back room and
 * JDBC only. Immutable and safe for use by any number of threads; a run uses one connection of the user's
 * {@code DataSource} on its own thread, and another thread may cancel its query.
 */
@NullMarked
package io.sitemonitor.check.jdbc;

import org.jspecify.annotations.NullMarked;
