/**
 * What a check is and what one run of it found: {@link io.sitemonitor.check.Check}, its
 * {@link io.sitemonitor.check.CheckContext} and its {@link io.sitemonitor.check.CheckResult}, what kinds have in common
 * (expectations, secrets, TLS, the policy for addresses), and {@link io.sitemonitor.check.SocketCheck}, the base of those
 * that converse over TCP; each kind has a folder of its own below. Imports only {@code time}. Results are immutable; a check must allow runs from different
 * threads, though never two at once for the same name.
 */
@NullMarked
package io.sitemonitor.check;

import org.jspecify.annotations.NullMarked;
