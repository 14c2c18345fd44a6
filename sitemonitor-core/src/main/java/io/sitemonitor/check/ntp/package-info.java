/**
 * Checks that a time server answers and agrees with the clock of this machine: {@link io.sitemonitor.check.ntp.NtpCheck}.
 * Imports {@code check} and its back room only. Its checks are immutable and safe for use by any number of threads; they
 * wait on the thread of the run and on the threads of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.ntp;

import org.jspecify.annotations.NullMarked;
