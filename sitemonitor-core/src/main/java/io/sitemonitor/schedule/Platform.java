package io.sitemonitor.schedule;

import io.sitemonitor.schedule.internal.SystemPlatform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What a monitor runs on: clocks, somebody who wakes it, and threads for the work. There are two: {@link #system()},
 * which is the default, and the virtual one in {@code io.sitemonitor.testing}, under which the same engine runs as fast
 * as it can.
 *
 * <p><b>Threads:</b> safe for use by any number of threads; one platform may serve several monitors.
 */
public interface Platform {

    /**
     * Returns the clocks.
     *
     * @return the time source of everything that runs on this platform
     */
    TimeSource time();

    /**
     * Starts a loop that calls {@code tick} whenever something is due.
     *
     * @param name the name of the loop's thread, if it has one
     * @param tick what to call
     * @return the running loop
     */
    Loop loop(String name, Tick tick);

    /**
     * Provides threads for work that may block. They are made when they are needed.
     *
     * @param name the beginning of the threads' names
     * @param limit how many pieces of work may go on at once; more will wait
     * @return the workers
     */
    Workers workers(String name, int limit);

    /**
     * Provides threads for work that is to begin at once, however many others compete for the processors: virtual threads
     * wait for each other in one line, while the operating system lets a thread of its own go first that has been idle.
     *
     * @param name the beginning of the threads' names
     * @param limit how many pieces of work may go on at once; more will wait. Keep it small
     * @return the workers; by default those of {@link #workers}
     */
    default Workers promptWorkers(String name, int limit) {
        return workers(name, limit);
    }

    /**
     * Waits until something has become true, but not for ever.
     *
     * @param condition asked again and again; must return at once
     * @param limit how long to wait
     * @return whether it has become true
     */
    boolean await(BooleanSupplier condition, Duration limit);

    /**
     * Tells whether threads cost next to nothing here, so that many pieces of work may go on at once.
     *
     * @return whether {@link #workers} uses virtual threads
     */
    boolean hasVirtualThreads();

    /**
     * The machine's own clocks and threads: virtual threads on Java 21 and newer, but for {@link #promptWorkers}, and
     * a bounded pool of daemon threads on older ones.
     *
     * @return the system platform, always the same object
     */
    static Platform system() {
        return SystemPlatform.INSTANCE;
    }

    /** What a loop calls. */
    @FunctionalInterface
    interface Tick {

        /** What {@link #run()} returns when nothing is waiting for its time. */
        long NEVER = Long.MAX_VALUE;

        /**
         * Does everything that is due. Must not block and must not throw.
         *
         * @return the monotonic time at which to call again, or {@link #NEVER}
         */
        long run();
    }

    /** A running loop. */
    interface Loop extends AutoCloseable {

        /**
         * Asks for a call no later than at {@code nanos}.
         *
         * @param nanos a monotonic time; one in the past means at once
         */
        void wakeAt(long nanos);

        /** Ends the loop; the tick is not called again once this returns, unless the loop itself closed it. */
        @Override
        void close();
    }

    /** Threads for work that may block. */
    interface Workers extends AutoCloseable {

        /**
         * Starts {@code work} as soon as a thread is free. Never blocks.
         *
         * @param work what to do
         * @return whether it was accepted; false once the workers are closed
         */
        boolean start(Work work);

        /** Lets another piece of work begin in the place of one that does not end. */
        void giveUpOne();

        /**
         * Tells how many pieces of work are going on.
         *
         * @return the number of busy threads
         */
        int busy();

        /**
         * Tells how many pieces of work wait for a thread.
         *
         * @return the length of the queue
         */
        int waiting();

        /** Accepts nothing more and lets idle threads end. Work that goes on is not interrupted. */
        @Override
        void close();
    }

    /** A piece of work in two steps: foreign code that may take its time, then what follows from it. */
    interface Work {

        /** Does the part that may block. Must not throw. */
        void call();

        /**
         * Applies what came of it. Must not block and must not throw.
         *
         * @return whether the place of this work is free again; false if it has been {@linkplain Workers#giveUpOne()
         *     given} to other work already
         */
        boolean done();
    }
}
