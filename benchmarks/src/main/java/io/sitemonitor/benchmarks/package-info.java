/**
 * Programs that measure what the engine costs: a load, a server of targets, and a comparison with a bare loop. Imports the
 * public packages of the core, OkHttp for the bare loop and Micrometer for the meters of the engine. Each program is driven
 * by the thread that began it; what the threads of a load share is the {@code Recorder}.
 */
@NullMarked
package io.sitemonitor.benchmarks;

import org.jspecify.annotations.NullMarked;
