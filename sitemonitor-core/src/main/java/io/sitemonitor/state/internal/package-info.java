/** The pure state machine: no clock, no lock, no side effect. Imports {@code check}. Everything is immutable. */
@NullMarked
package io.sitemonitor.state.internal;

import org.jspecify.annotations.NullMarked;
