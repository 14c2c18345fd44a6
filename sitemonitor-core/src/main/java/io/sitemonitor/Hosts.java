package io.sitemonitor;

import io.sitemonitor.time.TimeSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The hosts that checks burden, each as long as there is a check of it. Safe for use by any number of threads. */
final class Hosts {

    private final Map<String, HostDesk> desks = new ConcurrentHashMap<>();
    private final TimeSource time;
    private final HostDesk.Limits limits;

    Hosts(TimeSource time, HostDesk.Limits limits) {
        this.time = time;
        this.limits = limits;
    }

    @Nullable
    HostDesk join(CheckCell cell, @Nullable String host) {
        if (host == null) {
            return null;
        }
        return desks.compute(host, (name, known) -> {
            HostDesk desk = known == null ? new HostDesk(name, time, limits) : known;
            desk.join(cell);
            return desk;
        });
    }

    void quit(CheckCell cell, @Nullable String host) {
        if (host != null) {
            desks.computeIfPresent(host, (name, desk) -> desk.quit(cell) ? null : desk);
        }
    }
}
