/**
 * The {@link io.sitemonitor.Monitor}, its builder and its snapshots; the engine is package-private beside them. The top
 * of all rooms: it imports them, and none of them imports it. A monitor is safe for use by any number of threads; a
 * builder belongs to one.
 */
@NullMarked
package io.sitemonitor;

import org.jspecify.annotations.NullMarked;
