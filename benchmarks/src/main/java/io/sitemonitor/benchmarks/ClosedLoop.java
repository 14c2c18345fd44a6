package io.sitemonitor.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The bare loop at full speed: so many runs are under way at any time, and the end of one begins another. */
final class ClosedLoop implements Subject {

    private final int size;
    private final int inFlight;
    private final AtomicInteger next = new AtomicInteger();
    private final BareClient client;
    private volatile boolean open = true;

    ClosedLoop(LoadOptions options, List<Target> targets, Recorder recorder) {
        size = targets.size();
        inFlight = options.inFlight();
        client = new BareClient(options, targets, recorder, ended -> startNext());
    }

    @Override
    public void start() {
        for (int i = 0; i < inFlight; i++) {
            startNext();
        }
    }

    private void startNext() {
        if (open) {
            client.start(Math.floorMod(next.getAndIncrement(), size));
        }
    }

    @Override
    public long[] phases() {
        return new long[0];
    }

    @Override
    public void close() {
        open = false;
        client.close();
    }
}
