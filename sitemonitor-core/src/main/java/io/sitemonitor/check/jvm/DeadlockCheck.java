package io.sitemonitor.check.jvm;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Looks for threads that wait for each other for ever. */
record DeadlockCheck() implements Check {

    private static final int MOST_NAMED = 8;
    private static final int MAX_NAME = 60;

    @Override
    public CheckResult run(CheckContext context) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] found = threads.isSynchronizerUsageSupported()
                ? threads.findDeadlockedThreads()
                : threads.findMonitorDeadlockedThreads();
        return found == null
                ? CheckResult.pass("no deadlock")
                : CheckResult.fail(found.length + " threads are deadlocked: " + names(threads, found));
    }

    private static String names(ThreadMXBean threads, long[] ids) {
        List<String> names = new ArrayList<>();
        for (ThreadInfo info : threads.getThreadInfo(ids)) {
            if (info != null && names.size() < MOST_NAMED) {
                names.add("'" + SafeText.line(info.getThreadName(), MAX_NAME) + "'");
            }
        }
        return String.join(", ", names) + (ids.length > names.size() ? " and more" : "");
    }

    @Override
    public String kind() {
        return JvmCheck.KIND;
    }

    @Override
    public String target() {
        return "deadlocks";
    }

    @Override
    public String toString() {
        return "JVM " + target();
    }
}
