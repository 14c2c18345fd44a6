/**
 * What must outlive the process: {@link io.sitemonitor.store.Store}, which knows keys and bytes and nothing of what they
 * mean. Imports nothing; the folders inside are leaves, one for each place where records can be kept. What is open belongs
 * to one caller, who calls it from one thread at a time.
 */
@NullMarked
package io.sitemonitor.store;

import org.jspecify.annotations.NullMarked;
