/**
 * The adapter over Resilience4j: the only place that knows it. Imports {@code breaker} and {@code time}. A breaker is
 * safe for use by any number of threads.
 */
@NullMarked
package io.sitemonitor.breaker.internal;

import org.jspecify.annotations.NullMarked;
