package io.sitemonitor.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that grows, at one moment.
 *
 * @param nanos the monotonic time
 * @param cpuNanos time on a processor of this process
 * @param completed runs that ended
 * @param failed runs that did not pass
 * @param serverRequests what the target server was asked
 * @param serverCpuNanos time on a processor of the target server
 * @param stolen what the machine has lost to others
 */
record Reading(
        long nanos,
        long cpuNanos,
        long completed,
        long failed,
        long serverRequests,
        long serverCpuNanos,
        StolenTime stolen) {

    static Reading now(Recorder recorder, @Nullable Control server) throws IOException {
        JsonNode stats = server == null ? null : server.stats();
        return new Reading(
                System.nanoTime(),
                processCpuNanos(),
                recorder.completed(),
                recorder.failed(),
                stats == null ? 0 : stats.path("requests").asLong(),
                stats == null ? 0 : stats.path("cpuNanos").asLong(),
                StolenTime.now());
    }

    static long processCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Returns the share of each; null if there is none. */
    static @Nullable Double perOne(double total, long count) {
        return count <= 0 ? null : total / count;
    }
}
