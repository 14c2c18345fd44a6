/**
 * What all have in common that talk to a database of the host: what drivers throw without passwords. Imports the back room
 * around it and JDBC. Stateless.
 */
@NullMarked
package io.sitemonitor.check.internal.sql;

import org.jspecify.annotations.NullMarked;
