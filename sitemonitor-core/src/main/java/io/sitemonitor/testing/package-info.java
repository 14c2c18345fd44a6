/**
 * For tests, ours and our users': virtual time under which the same engine runs as fast as it can, checks and
 * worlds that follow a script, listeners that remember and say whether that was expected, and recorded results that are
 * replayed. Imports the other rooms but not the one above them all, and nobody imports it. Virtual time and worlds belong
 * to one thread; what remembers is safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.testing;

import org.jspecify.annotations.NullMarked;
