/**
 * What all sources of rows share: {@link io.sitemonitor.target.internal.RowReader} makes checks of rows and rejects what
 * is not one. Imports {@code check}, {@code definition} and the room in front. For one thread.
 */
@NullMarked
package io.sitemonitor.target.internal;

import org.jspecify.annotations.NullMarked;
