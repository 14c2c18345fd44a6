/**
 * Checks of the process itself, its executors and its disks: {@link io.sitemonitor.check.jvm.JvmCheck}. Imports
 * {@code check}, its back room and {@code java.management} only; {@code jdk.management}, which may be missing, in one class.
 * Safe for use by any number of threads; a run reads numbers on its own thread.
 */
@NullMarked
package io.sitemonitor.check.jvm;

import org.jspecify.annotations.NullMarked;
