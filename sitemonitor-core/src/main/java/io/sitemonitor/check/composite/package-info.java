/**
 * Checks made of other checks: {@link io.sitemonitor.check.composite.CompositeCheck}. Imports {@code check}, its back room
 * and {@code time} only. Immutable and safe for use by any number of threads; the parts of one run are run one after the
 * other on its thread.
 */
@NullMarked
package io.sitemonitor.check.composite;

import org.jspecify.annotations.NullMarked;
