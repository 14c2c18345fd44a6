/**
 * The health state of a check and the thresholds by which runs decide it; the pure state machine is in the back room.
 * Imports only {@code check}. Everything here is immutable.
 */
@NullMarked
package io.sitemonitor.state;

import org.jspecify.annotations.NullMarked;
