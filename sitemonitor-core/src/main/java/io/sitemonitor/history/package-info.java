/**
 * Figures about the past of each check: uptime, runs and latency, in bounded memory. Imports {@code check} and
 * {@code state}. Figures are immutable; the recorder in the back room is guarded by the lock of its check.
 */
@NullMarked
package io.sitemonitor.history;

import org.jspecify.annotations.NullMarked;
