package io.sitemonitor.schedule.internal;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All timers of one engine: a binary heap that belongs to the loop's thread, and a queue through which other threads ask
 * for an earlier time. A timer in steady state never needs the queue, because it says itself when to fire next.
 */
public final class Timers implements Platform.Tick {

    private record Request(Timer timer, long at) {}

    private final TimeSource time;
    private final Consumer<Throwable> onError;
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private Timer[] heap = new Timer[64];
    private int size;
    private volatile Platform.@Nullable Loop loop;

    /**
     * Creates timers; nothing fires before {@link #attach}.
     *
     * @param time the clocks
     * @param onError told of anything that a timer throws although it must not
     */
    public Timers(TimeSource time, Consumer<Throwable> onError) {
        this.time = time;
        this.onError = onError;
    }

    /**
     * Names the loop that calls {@link #run()}.
     *
     * @param loop the loop to wake when a timer moves forward
     */
    public void attach(Platform.Loop loop) {
        this.loop = loop;
        loop.wakeAt(time.nanos());
    }

    /**
     * Lets a timer fire no later than at {@code at}. From any thread.
     *
     * @param timer the timer
     * @param at a monotonic time
     */
    public void wake(Timer timer, long at) {
        requests.add(new Request(timer, at));
        Platform.Loop current = loop;
        if (current != null) {
            current.wakeAt(at);
        }
    }

    @Override
    public long run() {
        long now = time.nanos();
        takeRequests();
        while (size > 0 && heap[0].at - now <= 0) {
            Timer timer = heap[0];
            long next = fire(timer, now);
            if (next == NEVER) {
                removeFirst();
            } else {
                timer.at = next;
                siftDown(0);
            }
            if (size > 0 && heap[0].at - now > 0) {
                now = time.nanos();
                takeRequests();
            }
        }
        takeRequests();
        return size == 0 ? NEVER : heap[0].at;
    }

    private long fire(Timer timer, long now) {
        try {
            return timer.fire(now);
        } catch (Throwable e) { // a broken timer must not end the loop for all others
            onError.accept(e);
            return now + 1_000_000_000L;
        }
    }

    private void takeRequests() {
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            Timer timer = request.timer();
            if (timer.index < 0) {
                timer.at = request.at();
                add(timer);
            } else if (request.at() - timer.at < 0) {
                timer.at = request.at();
                siftUp(timer.index);
            }
        }
    }

    private void add(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        heap[size] = timer;
        timer.index = size;
        size++;
        siftUp(timer.index);
    }

    private void removeFirst() {
        heap[0].index = -1;
        size--;
        if (size > 0) {
            heap[0] = heap[size];
            heap[0].index = 0;
        }
        clear(size);
        if (size > 0) {
            siftDown(0);
        }
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // slots beyond the size are empty
    private void clear(int slot) {
        heap[slot] = null;
    }

    private void siftUp(int start) {
        int i = start;
        Timer timer = heap[i];
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (heap[parent].at - timer.at <= 0) {
                break;
            }
            place(heap[parent], i);
            i = parent;
        }
        place(timer, i);
    }

    private void siftDown(int start) {
        int i = start;
        Timer timer = heap[i];
        int half = size >>> 1;
        while (i < half) {
            int child = 2 * i + 1;
            if (child + 1 < size && heap[child + 1].at - heap[child].at < 0) {
                child++;
            }
            if (timer.at - heap[child].at <= 0) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(timer, i);
    }

    private void place(Timer timer, int i) {
        heap[i] = timer;
        timer.index = i;
    }
}
