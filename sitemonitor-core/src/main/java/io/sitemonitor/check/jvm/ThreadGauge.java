package io.sitemonitor.check.jvm;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** How many threads there are. */
record ThreadGauge() implements Gauge {

    @Override
    public Reading read() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int count = threads.getThreadCount();
        return Reading.of(
                count,
                count == 1 ? "1 thread" : count + " threads",
                Reading.facts(
                        "daemons", Integer.toString(threads.getDaemonThreadCount()),
                        "peak", Integer.toString(threads.getPeakThreadCount())));
    }

    @Override
    public String what() {
        return "threads";
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }
}
