/**
 * Gives events to listeners: directly, or through a bounded queue and a thread for each. Imports {@code event},
 * {@code schedule} and {@code time}. Safe for use by any number of threads; no lock is held while a listener is called.
 */
@NullMarked
package io.sitemonitor.event.internal;

import org.jspecify.annotations.NullMarked;
