/**
 * Checks that a host can be reached at all: {@link io.sitemonitor.check.icmp.PingCheck} with the ping command of this
 * machine, {@link io.sitemonitor.check.icmp.ReachableCheck} with what the Java runtime has for it. Imports {@code check}
 * and its back room only. Its checks are immutable and safe for use by any number of threads; they wait on the thread of
 * the run and on the threads of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.icmp;

import org.jspecify.annotations.NullMarked;
