/**
 * Checks WebSocket servers: {@link io.sitemonitor.check.websocket.WebSocketCheck}. Imports {@code check} and its back room
 * only. Its checks are immutable and safe for use by any number of threads; they wait on the thread of the run and on the
 * threads of the name lookup.
 */
@NullMarked
package io.sitemonitor.check.websocket;

import org.jspecify.annotations.NullMarked;
