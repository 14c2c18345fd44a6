package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of threads over a queue: a virtual thread a piece of work where Java has them, and elsewhere, or where work
 * must be prompt, daemon threads that are reused, the last used first, and end after two idle seconds.
 *
 * <p>A place is taken before a thread is asked for, so the limit holds whatever the executor does; a thread that has
 * finished its work goes on with what is waiting. Few threads are woken at a time: each wakes the next before it begins to
 * work, if more is waiting. So work that blocks gets as many threads as it needs, within microseconds each, and work that is done
 * at once is done by the few that are awake already.
 *
 * <p>Only so many pieces of work may be young at once, see {@link YoungWork}: more than the machine can do would not be done
 * sooner, but all of it later. Those that have been waiting for somebody for long do not count.
 */
final class ThreadWorkers implements Platform.Workers {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadWorkers.class);
    private static final long IDLE_SECONDS = 2;
    private static final int YOUNG = 256;

    /** Waking a virtual thread is cheap, and those that are woken together share the processors' wake-ups. */
    private static final int VIRTUAL_AT_ONCE = 16;

    private final Queue<Platform.Work> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();

    /** How many threads are on their way that will look at the queue. */
    private final AtomicInteger waking = new AtomicInteger();

    private final int mostWaking;

    private final AtomicBoolean minded = new AtomicBoolean();
    private final YoungWork young;
    private final Runnable body = this::work;
    private final @Nullable ThreadPoolExecutor pool;
    private final Executor executor;
    private final TimeSource time = TimeSource.system();
    private final String name;
    private final int limit;
    private volatile boolean open = true;

    ThreadWorkers(String name, int limit) {
        this(name, limit, YOUNG);
    }

    ThreadWorkers(String name, int limit, int young) {
        this(name, limit, young, VirtualThreads.factory(name + "-"));
    }

    private ThreadWorkers(String name, int limit, int young, @Nullable ThreadFactory virtual) {
        this.name = name;
        this.limit = limit;
        this.young = new YoungWork(young);
        if (virtual == null) {
            ThreadPoolExecutor threads = pool(name);
            this.pool = threads;
            this.executor = threads;
            this.mostWaking = 1;
        } else {
            this.pool = null;
            this.mostWaking = VIRTUAL_AT_ONCE;
            this.executor = work -> virtual.newThread(work).start();
        }
    }

    /** Returns workers over platform threads, whatever Java has. */
    static ThreadWorkers prompt(String name, int limit) {
        return new ThreadWorkers(name, limit, YOUNG, null);
    }

    private static ThreadPoolExecutor pool(String name) {
        AtomicLong number = new AtomicLong();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public boolean start(Platform.Work work) {
        if (!open) {
            return false;
        }
        waiting.incrementAndGet();
        queue.add(work);
        startThread();
        return true;
    }

    @Override
    public void giveUpOne() {
        busy.decrementAndGet();
        if (!queue.isEmpty()) {
            startThread();
        }
    }

    @Override
    public int busy() {
        return busy.get();
    }

    @Override
    public int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        open = false;
        if (pool != null) {
            // idle threads end at once, busy ones when they have done what is queued; it may still take others to do
            // that
            pool.setKeepAliveTime(0, TimeUnit.SECONDS);
        }
    }

    private boolean takePlace() {
        for (int taken = busy.get(); taken < limit; taken = busy.get()) {
            if (busy.compareAndSet(taken, taken + 1)) {
                return true;
            }
        }
        return false;
    }

    private void startThread() {
        do {
            if (young.isFull()) {
                mind();
                return;
            }
            int coming = waking.get();
            if (coming >= mostWaking || coming >= waiting.get()) {
                return; // whoever is on its way will find what waits
            }
            if (!waking.compareAndSet(coming, coming + 1)) {
                continue;
            }
            if (takePlace()) {
                wakeOne();
                return;
            }
            waking.decrementAndGet();
        } while (!queue.isEmpty() && busy.get() < limit); // a place was given back while others relied on us
    }

    /** Lets somebody look now and then whether the work under way has aged, for as long as other work waits. */
    private void mind() {
        if (busy.get() < limit && minded.compareAndSet(false, true)) {
            try {
                executor.execute(this::ageWhileOthersWait);
            } catch (Throwable e) { // no memory for a thread: what is queued waits for work that ends
                minded.set(false);
                LOG.warn("{}: no thread could be started; {} waiting", name, waiting.get(), e);
            }
        }
    }

    private void ageWhileOthersWait() {
        do {
            long from = time.nanos();
            LockSupport.parkNanos(this, YoungWork.GENERATION);
            Thread.interrupted();
            young.look(time.nanos() - from);
            startThread();
        } while (!queue.isEmpty());
        minded.set(false);
        if (!queue.isEmpty()) {
            startThread();
        }
    }

    private void wakeOne() {
        try {
            executor.execute(body);
        } catch (Throwable e) { // no memory for a thread: what is queued waits for the next one
            busy.decrementAndGet();
            waking.decrementAndGet();
            LOG.warn("{}: no thread could be started; {} waiting", name, waiting.get(), e);
        }
    }

    private void work() {
        waking.decrementAndGet();
        do {
            for (Platform.Work work = queue.poll(); work != null; work = young.isFull() ? null : queue.poll()) {
                int generation = young.begin();
                if (waiting.decrementAndGet() > 0) {
                    startThread(); // this one may block
                }
                if (!run(work, generation)) {
                    return; // the place was given to another thread while this one was stuck
                }
            }
            busy.decrementAndGet();
        } while (!queue.isEmpty() && !young.isFull() && takePlace());
        if (!queue.isEmpty()) {
            startThread();
        }
    }

    private boolean run(Platform.Work work, int generation) {
        try {
            work.call();
        } catch (Throwable e) { // work guards itself; this is the last resort that keeps the place accounted for
            LOG.error("{}: unexpected error", name, e);
        }
        young.end(generation);
        boolean free = true;
        try {
            free = work.done();
        } catch (Throwable e) {
            LOG.error("{}: unexpected error", name, e);
        }
        Thread.interrupted(); // an interrupt was meant for the work that has ended
        return free;
    }
}
