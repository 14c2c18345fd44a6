/**
 * How the figures of a check are kept: {@link io.sitemonitor.history.internal.CheckRecorder}, in less than 500 bytes a
 * check whatever its age. Imports {@code check}, {@code state} and the room in front. A recorder is guarded by the lock
 * of its check; everything else here is stateless.
 */
@NullMarked
package io.sitemonitor.history.internal;

import org.jspecify.annotations.NullMarked;
