/**
 * Checks that an HTTP server answers as expected: {@link io.sitemonitor.check.http.HttpCheck} with its expectations, and
 * {@link io.sitemonitor.check.http.HttpSteps} for several requests that hand values on. Imports {@code check}, its back
 * rooms, {@code time}, OkHttp, Jackson and, where it is there, JSON path, of which nothing shows outside. Its checks are immutable and safe for use by any number of threads; a run works on its
 * own thread and waits for those of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.http;

import org.jspecify.annotations.NullMarked;
