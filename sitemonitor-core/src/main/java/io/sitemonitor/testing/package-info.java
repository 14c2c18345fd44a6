/**
 * For tests, ours and our users': virtual time under which the same engine runs as fast as it can, checks that follow a
 * script, and listeners that remember. Imports the other rooms, and nobody imports it. Virtual time belongs to one
 * thread; what remembers is safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.testing;

import org.jspecify.annotations.NullMarked;
