/**
 * Checks FTP servers over their control connection: {@link io.sitemonitor.check.ftp.FtpCheck}. Imports {@code check} and its back room only.
 * Its checks are immutable and safe for use by any number of threads; they wait on the thread of the run and on the
 * threads of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.ftp;

import org.jspecify.annotations.NullMarked;
