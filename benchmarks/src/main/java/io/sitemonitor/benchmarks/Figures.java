package io.sitemonitor.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What was measured. What could not be measured, or has no meaning for a load, is null.
 *
 * @param engine who made the runs
 * @param jdk the version of Java
 * @param checks how many checks
 * @param intervalMs from one run of a check to its next
 * @param seconds how long it was measured
 * @param runs runs that ended meanwhile
 * @param runsPerSecond the same, a second
 * @param failures runs that did not pass
 * @param lost lines of the grids of healthy targets without a start
 * @param cpuMicrosPerCheck time on a processor of the whole process, for each run
 * @param cpuPercent the same, as a share of one processor
 * @param allocatedBytesPerCheck for each run
 * @param latenessP50Ms from the line of the grid to the start, healthy targets only
 * @param latenessP99Ms the same
 * @param latenessMaxMs the same
 * @param driftPercent the mean distance of starts over the interval, minus one
 * @param liveBytesPerCheck what stays on the heap after a collection, less what was there before the checks were made
 * @param threadsPeak threads of the process, those of the Java runtime included and virtual ones not
 * @param defineMs making all checks
 * @param startMs starting all checks
 * @param alerts calls of the alert listener, from the very beginning
 * @param alertP50Ms from the deciding answer to the call of the listener
 * @param alertP99Ms the same
 * @param alertMaxMs the same
 * @param alertFirstMs the same, for the first alert of the process
 * @param announceMaxMs the longest time from a decision to the call of the listener
 * @param alertsOutOfOrder alerts that do not follow the one before of their check
 * @param serverCpuMicrosPerRequest of the target server
 * @param stolenPercent how much of the processors of a virtual machine was given to others meanwhile
 */
record Figures(
        String engine,
        String jdk,
        int checks,
        long intervalMs,
        double seconds,
        long runs,
        double runsPerSecond,
        long failures,
        @Nullable Long lost,
        @Nullable Double cpuMicrosPerCheck,
        double cpuPercent,
        @Nullable Double allocatedBytesPerCheck,
        @Nullable Double latenessP50Ms,
        @Nullable Double latenessP99Ms,
        @Nullable Double latenessMaxMs,
        @Nullable Double driftPercent,
        double liveBytesPerCheck,
        int threadsPeak,
        double defineMs,
        double startMs,
        int alerts,
        @Nullable Double alertP50Ms,
        @Nullable Double alertP99Ms,
        @Nullable Double alertMaxMs,
        @Nullable Double alertFirstMs,
        @Nullable Double announceMaxMs,
        long alertsOutOfOrder,
        @Nullable Double serverCpuMicrosPerRequest,
        double stolenPercent) {}
