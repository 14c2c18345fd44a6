/**
 * Where checks come from while a monitor runs: a {@link io.sitemonitor.target.TargetSource} is read again and again and
 * what changed is applied; each kind of source has a folder of its own below. Imports {@code check}, {@code definition}
 * and the kinds of checks that a source makes. Values are immutable; a source is read by one thread at a time.
 */
@NullMarked
package io.sitemonitor.target;

import org.jspecify.annotations.NullMarked;
