/**
 * Checks from the lines of a file: {@link io.sitemonitor.target.file.FileTargets}. Imports {@code check},
 * {@code definition} and the room above with its back room. Immutable; a reading opens the file, reads it whole and
 * closes it, on the thread that reads.
 */
@NullMarked
package io.sitemonitor.target.file;

import org.jspecify.annotations.NullMarked;
