package io.sitemonitor.testing;

import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers every event.
 *
 * <p><b>Threads:</b> safe for use by any number of threads.
 */
public final class RecordingListener implements MonitorListener {

    private final List<MonitorEvent> events = new ArrayList<>();

    /** Begins without events. */
    public RecordingListener() {}

    @Override
    public synchronized void onEvent(MonitorEvent event) {
        events.add(event);
    }

    /**
     * Returns all events so far.
     *
     * @return the events in the order in which they came; a copy
     */
    public synchronized List<MonitorEvent> events() {
        return List.copyOf(events);
    }

    /**
     * Returns the events of one type so far.
     *
     * @param type the type
     * @param <E> the type
     * @return the events in the order in which they came; a copy
     */
    public synchronized <E extends MonitorEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Forgets all events so far. */
    public synchronized void clear() {
        events.clear();
    }
}
