package io.sitemonitor.benchmarks;

/** Something that makes the runs of a load. Started and closed once, by one thread. */
interface Subject extends AutoCloseable {

    void start();

    /** Returns a line of each check's grid as a monotonic time; empty if there is no grid. */
    long[] phases();

    @Override
    void close();
}
