package io.sitemonitor.event.internal;

import io.sitemonitor.event.ListenerFailed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives each event to every listener that wants it. */
public final class Dispatcher {

    private final String monitor;
    private final Platform platform;
    private final TimeSource time;
    private final Platform.Workers workers;
    private final List<ListenerLane> lanes;
    private final boolean wantsRuns;

    /**
     * Creates a dispatcher; threads come with the first events.
     *
     * @param monitor the name of the monitor
     * @param platform the clocks and threads
     * @param listeners the listeners by their names
     */
    public Dispatcher(String monitor, Platform platform, Map<String, MonitorListener> listeners) {
        this.monitor = monitor;
        this.platform = platform;
        this.time = platform.time();
        this.workers = platform.workers("sitemonitor-" + monitor + "-listener", Math.max(1, listeners.size()));
        List<ListenerLane> made = new ArrayList<>();
        listeners.forEach((name, listener) -> made.add(new ListenerLane(name, listener, this)));
        this.lanes = List.copyOf(made);
        this.wantsRuns = lanes.stream().anyMatch(lane -> lane.wants(RunCompleted.class));
    }

    /**
     * Tells whether anybody wants {@link RunCompleted}, so that it need not be made for nobody.
     *
     * @return whether runs are to be published
     */
    public boolean wantsRuns() {
        return wantsRuns;
    }

    /**
     * Gives an event to every listener that wants it. Events of one check must be published one after the other.
     *
     * @param event what happened
     */
    public void publish(MonitorEvent event) {
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).offer(event);
        }
    }

    /**
     * Waits until the listeners have been given everything, but not for ever, and lets the threads end.
     *
     * @param limit how long to wait for slow listeners
     */
    public void close(Duration limit) {
        platform.await(() -> lanes.stream().allMatch(ListenerLane::isIdle), limit);
        workers.close();
    }

    String monitor() {
        return monitor;
    }

    TimeSource time() {
        return time;
    }

    boolean start(Platform.Work work) {
        return workers.start(work);
    }

    /** Tells the others that a listener failed; what fails over such an event is not told again. */
    void failed(ListenerLane failed, MonitorEvent event, String reason) {
        if (event instanceof ListenerFailed) {
            return;
        }
        ListenerFailed notice = new ListenerFailed(monitor, failed.name(), time.now(), failed.lost(), reason);
        for (ListenerLane lane : lanes) {
            if (lane != failed) {
                lane.offer(notice);
            }
        }
    }
}
