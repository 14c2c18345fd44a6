package io.sitemonitor;

import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A platform of which a test replaces a part, such as one whose loop dies. */
class PlatformAround implements Platform {

    private final Platform platform;

    PlatformAround(Platform platform) {
        this.platform = platform;
    }

    @Override
    public TimeSource time() {
        return platform.time();
    }

    @Override
    public Loop loop(String name, Tick tick) {
        return platform.loop(name, tick);
    }

    @Override
    public Workers workers(String name, int limit) {
        return platform.workers(name, limit);
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        return platform.await(condition, limit);
    }

    @Override
    public boolean hasVirtualThreads() {
        return platform.hasVirtualThreads();
    }
}
