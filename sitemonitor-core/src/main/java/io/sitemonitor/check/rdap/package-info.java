/**
 * Checks the registration of domains by RDAP: {@link io.sitemonitor.check.rdap.DomainExpiryCheck}. Imports {@code check},
 * its back rooms, {@code time}, OkHttp and Jackson, of which nothing shows outside. Its checks are safe for use by any
 * number of threads; a run works on its own thread and waits for those of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.rdap;

import org.jspecify.annotations.NullMarked;
