/**
 * Checks that a TCP connection can be made and, if asked, that the server answers as expected: {@link
 * io.sitemonitor.check.tcp.TcpCheck}. Imports {@code check} and its
 * back room only. Its checks are immutable and safe for use by any number of threads; they wait on the thread of the
 * run and on the threads of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.tcp;

import org.jspecify.annotations.NullMarked;
