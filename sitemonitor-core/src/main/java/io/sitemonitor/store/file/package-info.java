/**
 * Records in the files of a directory: {@link io.sitemonitor.store.file.FileStore}, a journal that is only ever appended to.
 * Imports {@code store}. A journal that is open belongs to one caller at a time; a lock file keeps other processes out.
 */
@NullMarked
package io.sitemonitor.store.file;

import org.jspecify.annotations.NullMarked;
