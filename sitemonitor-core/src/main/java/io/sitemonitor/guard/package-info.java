/**
 * Joins a check with the Resilience4j breaker that the host's own calls use: {@link io.sitemonitor.guard.Guard} opens it
 * when the check is down, closes it when the check is up, and lets the host's calls count as runs. Imports
 * {@code event}, {@code state}, {@code definition}, {@code check} and {@code time}; only
 * {@link io.sitemonitor.guard.GuardInterceptor} meets OkHttp. Safe for use by any number of threads; a call costs no
 * lock, and nothing is ever called while one is held.
 */
@NullMarked
package io.sitemonitor.guard;

import org.jspecify.annotations.NullMarked;
