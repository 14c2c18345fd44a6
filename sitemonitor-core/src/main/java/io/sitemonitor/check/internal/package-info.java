/**
 * What several kinds of check need and nobody else should use: name lookup with a deadline, the deadline itself, and how
 * addresses and durations are written. Imports only {@code check} and {@code time}. Safe for use by any number of
 * threads.
 */
@NullMarked
package io.sitemonitor.check.internal;

import org.jspecify.annotations.NullMarked;
