/**
 * Checks what name servers say: {@link io.sitemonitor.check.dns.DnsCheck}. Imports {@code check}, its back room and
 * dnsjava, of which it uses what reads and writes messages and nothing that makes a connection or a thread. Its checks are
 * immutable and safe for use by any number of threads; they wait on the thread of the run and on the threads of the name
 * lookup.
 */
@NullMarked
package io.sitemonitor.check.dns;

import org.jspecify.annotations.NullMarked;
