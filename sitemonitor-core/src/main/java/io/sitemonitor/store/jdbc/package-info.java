/**
 * Records in a table of the host's database: {@link io.sitemonitor.store.jdbc.JdbcStore}, and beside it a {@code .sql} file with
 * the table for each kind of database. Imports {@code store}, its back room, {@code schedule}, {@code time} and JDBC. A store
 * that is open belongs to one caller at a time; a thread of its own tells others that it still is, and a lock keeps the two apart.
 */
@NullMarked
package io.sitemonitor.store.jdbc;

import org.jspecify.annotations.NullMarked;
