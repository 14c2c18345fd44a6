/**
 * The pieces of the engine under JMH. Imports the core, {@code internal} packages included, because that is where the pieces
 * are. Each state is used by one thread.
 */
@NullMarked
package io.sitemonitor.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
