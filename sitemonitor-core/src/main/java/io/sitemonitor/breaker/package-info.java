/**
 * The breakers that the engine itself uses: how a target that stays down is probed ever more rarely, and how a listener
 * that keeps failing is left alone for a while. Imports only {@code time}; the back room is the one place that knows
 * Resilience4j. Settings are immutable; a breaker is safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.breaker;

import org.jspecify.annotations.NullMarked;
