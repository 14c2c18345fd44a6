/**
 * How changes get into a store: {@link io.sitemonitor.store.internal.Keeper}, which nobody waits for, and how what a store says is
 * made fit to be shown. Imports {@code schedule}, {@code time}, the back room of {@code check} and the room in front. Safe for
 * use by any number of threads; the store itself is called by one thread at a time and under no lock.
 */
@NullMarked
package io.sitemonitor.store.internal;

import org.jspecify.annotations.NullMarked;
