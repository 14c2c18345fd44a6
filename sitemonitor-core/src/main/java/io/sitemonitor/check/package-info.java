/**
 * What a check is and what one run of it found: {@link io.sitemonitor.check.Check}, its
 * {@link io.sitemonitor.check.CheckContext} and its {@link io.sitemonitor.check.CheckResult}; each kind of check has a
 * folder of its own below. Imports only {@code time}. Results are immutable; a check must allow runs from different
 * threads, though never two at once for the same name.
 */
@NullMarked
package io.sitemonitor.check;

import org.jspecify.annotations.NullMarked;
