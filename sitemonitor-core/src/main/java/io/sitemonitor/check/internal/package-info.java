/**
 * What several kinds of check need and nobody else should use: name lookup with a deadline, the deadline itself, what a
 * run sees and how it ends, what addresses are permitted, a second opinion through another one, a question over UDP, TLS
 * handshakes, what hides secrets, and how addresses and durations are written. Imports only {@code check} and
 * {@code time}. Safe for use by any number of threads, except for what belongs to one run and its thread.
 */
@NullMarked
package io.sitemonitor.check.internal;

import org.jspecify.annotations.NullMarked;
