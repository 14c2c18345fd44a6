package io.sitemonitor.check.jvm;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.Evidence;
import io.sitemonitor.check.internal.LineText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a number of this process is within its limits.
 *
 * <pre>{@code
 * JvmCheck.heapAfterCollection()                                        // warns above 80 %, fails above 95 %
 * JvmCheck.disk(Path.of("/var/lib/shop")).failBelow(0.02)
 * JvmCheck.busyThreads(executor).warnAbove(0.9)
 * JvmCheck.waiting("a connection", pool::getThreadsAwaitingConnection).warnAbove(5).failAbove(20)
 * }</pre>
 *
 * <p><b>Limits:</b> {@link #warnAbove}, {@link #failAbove}, {@link #warnBelow} and {@link #failBelow} are all the limits that
 * count once one of them is given; until then those count that stand with the factory. A check without any limit only
 * measures, and passes. A share is a number from 0 to 1: {@code 0.8} is 80 %.
 *
 * <p><b>Failure:</b> {@code ASSERTION} (a limit, a deadlock, an executor that is shut down, a path that is not there or cannot
 * be read), {@code CHECK_ERROR} (what a supplier of the host throws). What this JVM or this system does not tell is
 * INCONCLUSIVE. <b>Evidence:</b> facts that tell what the number was made of: {@code used} and {@code maximum} of the heap,
 * {@code collecting} and {@code of} of the time, {@code daemons} and {@code peak} of the threads, {@code open} and {@code
 * limit} of the files, {@code usable} and {@code total} of a disk, {@code busy} and {@code queued} of an executor.
 *
 * <p><b>Time:</b> the numbers are at hand, and a run does not wait. Two may: {@link #disk} waits as long as the system does
 * for a file system in the network, which an interrupt cannot end; and a supplier takes the time that it takes.
 *
 * <p>Immutable: each option returns a copy. Two checks of the same thing with the same limits are equal.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class JvmCheck implements Check {

    static final String KIND = "jvm";

    private final Gauge gauge;
    private final Limits limits;

    private JvmCheck(Gauge gauge, Limits limits) {
        this.gauge = gauge;
        this.limits = limits;
    }

    static JvmCheck of(Gauge gauge) {
        return new JvmCheck(gauge, Limits.NONE);
    }

    /**
     * The share of the heap's maximum that was in use after the last collection, which is what the application holds on to;
     * what is in use between collections says little. It is added up from the pools that tell it. As long as one of them
     * has not been collected yet, what it has in use now is taken for the most that a collection would leave; if it
     * depends on that, the run is INCONCLUSIVE.
     *
     * <p>Default limits: warns above 0.80, fails above 0.95.
     *
     * @return the check
     */
    public static JvmCheck heapAfterCollection() {
        return of(new HeapGauge());
    }

    /**
     * The share of the time in which the application stood still for collections since the run before, in the first run
     * since the JVM was started. A run within one second after another one looks back beyond that one. What collectors do
     * beside the application does not count.
     *
     * <p>This is the one number that needs a memory: it is kept in the check and its copies, and does not bear on whether
     * they are equal. One check object should serve one name.
     *
     * <p>Default limits: warns above 0.10, fails above 0.30.
     *
     * @return the check
     */
    public static JvmCheck collectionTime() {
        return of(CollectionGauge.create());
    }

    /**
     * Fails if threads wait for each other for ever, with their names. Virtual threads are not looked at. This stops the
     * application for a moment that grows with the number of threads: run it every minute rather than every second.
     *
     * @return the check; it has no options and is equal to any other of its kind
     */
    public static Check deadlocks() {
        return new DeadlockCheck();
    }

    /**
     * The number of threads, without virtual ones.
     *
     * <p>Default limits: none.
     *
     * @return the check
     */
    public static JvmCheck threads() {
        return of(new ThreadGauge());
    }

    /**
     * The share of the file descriptors in use that this process may have, sockets included. INCONCLUSIVE where the system
     * does not tell, as on Windows, and in a Java runtime without the module {@code jdk.management}.
     *
     * <p>Default limits: warns above 0.80, fails above 0.95.
     *
     * @return the check
     */
    public static JvmCheck openFiles() {
        return of(new OpenFilesGauge());
    }

    /**
     * The share of a disk that is left to this process. A path that does not exist fails.
     *
     * <p>Default limits: warns below 0.10, fails below 0.05.
     *
     * @param path a file or a folder on the disk
     * @return the check
     */
    public static JvmCheck disk(Path path) {
        return of(new DiskGauge(Objects.requireNonNull(path, "path"), false));
    }

    /**
     * The bytes of a disk that are left to this process. A path that does not exist fails.
     *
     * <p>Default limits: none.
     *
     * @param path a file or a folder on the disk
     * @return the check
     */
    public static JvmCheck diskBytes(Path path) {
        return of(new DiskGauge(Objects.requireNonNull(path, "path"), true));
    }

    /**
     * The share of an executor's threads that are busy, of as many as it can have: its maximum, or its core size if its
     * queue has no bound, since it never makes more then. An executor that is shut down fails.
     *
     * <p>Default limits: none.
     *
     * @param executor the executor
     * @return the check
     */
    public static JvmCheck busyThreads(ThreadPoolExecutor executor) {
        return of(new ExecutorGauge(Objects.requireNonNull(executor, "executor"), false));
    }

    /**
     * The share of a pool's threads that are busy, of its parallelism; more than 1 while it makes up for blocked threads. A
     * pool that is shut down fails.
     *
     * <p>Default limits: none.
     *
     * @param pool the pool
     * @return the check
     */
    public static JvmCheck busyThreads(ForkJoinPool pool) {
        return of(new ExecutorGauge(Objects.requireNonNull(pool, "pool"), false));
    }

    /**
     * The number of tasks that wait in the queue of an executor. One that is shut down fails.
     *
     * <p>Default limits: none.
     *
     * @param executor the executor
     * @return the check
     */
    public static JvmCheck queuedTasks(ThreadPoolExecutor executor) {
        return of(new ExecutorGauge(Objects.requireNonNull(executor, "executor"), true));
    }

    /**
     * The number of tasks that wait in the queues of a pool, as it estimates them. One that is shut down fails.
     *
     * <p>Default limits: none.
     *
     * @param pool the pool
     * @return the check
     */
    public static JvmCheck queuedTasks(ForkJoinPool pool) {
        return of(new ExecutorGauge(Objects.requireNonNull(pool, "pool"), true));
    }

    /**
     * How many wait for something, such as threads for a connection of a pool.
     *
     * <p>Default limits: none.
     *
     * @param what what they wait for, one line of 1 to 100 characters, such as {@code a connection}
     * @param count tells how many, at once and from any thread, such as {@code pool::getThreadsAwaitingConnection}
     * @return the check; equal to another one of the same supplier
     * @throws IllegalArgumentException if {@code what} is no such line
     */
    public static JvmCheck waiting(String what, LongSupplier count) {
        Objects.requireNonNull(count, "count");
        return of(new SuppliedGauge(LineText.requireName("what", what), count, null));
    }

    /**
     * Any number that the host can tell. One that is not finite is INCONCLUSIVE.
     *
     * <p>Default limits: none.
     *
     * @param what what it is, one line of 1 to 100 characters, such as {@code the lag in seconds}
     * @param value tells the number, at once and from any thread
     * @return the check; equal to another one of the same supplier
     * @throws IllegalArgumentException if {@code what} is no such line
     */
    public static JvmCheck gauge(String what, DoubleSupplier value) {
        Objects.requireNonNull(value, "value");
        return of(new SuppliedGauge(LineText.requireName("what", what), null, value));
    }

    /**
     * Warns if the number is more than this.
     *
     * <p>Default: what stands with the factory, until a limit of any sort is given; then none. From 0 to 1 for a share, from 0 on
     * for a count and for bytes, any finite number for {@link #gauge}.
     *
     * @param limit the largest number without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if there can be no such number
     * @throws IllegalStateException if it is not less than {@link #failAbove}, or not more than a limit below
     */
    public JvmCheck warnAbove(double limit) {
        return with("warnAbove", limit, own -> own.warnAbove(limit));
    }

    /**
     * Fails if the number is more than this.
     *
     * <p>Default: what stands with the factory, until a limit of any sort is given; then none. From 0 to 1 for a share, from 0 on
     * for a count and for bytes, any finite number for {@link #gauge}.
     *
     * @param limit the largest number without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if there can be no such number
     * @throws IllegalStateException if it is not more than {@link #warnAbove} and the limits below
     */
    public JvmCheck failAbove(double limit) {
        return with("failAbove", limit, own -> own.failAbove(limit));
    }

    /**
     * Warns if the number is less than this.
     *
     * <p>Default: what stands with the factory, until a limit of any sort is given; then none. From 0 to 1 for a share, from 0 on
     * for a count and for bytes, any finite number for {@link #gauge}.
     *
     * @param limit the smallest number without a warning
     * @return a copy with that limit
     * @throws IllegalArgumentException if there can be no such number
     * @throws IllegalStateException if it is not more than {@link #failBelow}, or not less than a limit above
     */
    public JvmCheck warnBelow(double limit) {
        return with("warnBelow", limit, own -> own.warnBelow(limit));
    }

    /**
     * Fails if the number is less than this.
     *
     * <p>Default: what stands with the factory, until a limit of any sort is given; then none. From 0 to 1 for a share, from 0 on
     * for a count and for bytes, any finite number for {@link #gauge}.
     *
     * @param limit the smallest number without a failure
     * @return a copy with that limit
     * @throws IllegalArgumentException if there can be no such number
     * @throws IllegalStateException if it is not less than {@link #warnBelow} and the limits above
     */
    public JvmCheck failBelow(double limit) {
        return with("failBelow", limit, own -> own.failBelow(limit));
    }

    private JvmCheck with(String option, double limit, UnaryOperator<Limits> change) {
        gauge.unit().requireLimit(option, limit);
        return new JvmCheck(gauge, change.apply(limits));
    }

    @Override
    public CheckResult run(CheckContext context) throws Exception {
        Reading reading = gauge.read();
        CheckResult instead = reading.instead();
        return (instead == null ? judge(reading) : instead).with(new Evidence(null, Map.of(), reading.facts(), null));
    }

    private CheckResult judge(Reading reading) {
        Limits judging = limits.equals(Limits.NONE) ? gauge.usual() : limits;
        CheckResult least = judging.judge(reading.least(), gauge.unit(), reading.text());
        CheckResult most = judging.judge(reading.most(), gauge.unit(), reading.text());
        return least.verdict() == most.verdict() ? most : CheckResult.inconclusive(reading.text());
    }

    @Override
    public String kind() {
        return KIND;
    }

    /**
     * Returns what is read.
     *
     * @return such as {@code heap after collection}
     */
    @Override
    public String target() {
        return gauge.what();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JvmCheck that && gauge.equals(that.gauge) && limits.equals(that.limits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(gauge, limits);
    }

    @Override
    public String toString() {
        return "JVM " + target();
    }
}
