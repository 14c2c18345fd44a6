package io.sitemonitor.spring.autoconfigure;

import io.sitemonitor.Monitor;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts the monitor as the last and closes it as the first, while everything that its listeners use still works. A
 * context that is only stopped, to be started again, pauses the checks, since a closed monitor stays closed.
 */
final class MonitorLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

    private final Monitor monitor;
    private final boolean autoStart;
    private final ApplicationContext context;
    private final Set<String> paused = new TreeSet<>(); // guarded by this
    private volatile boolean running;
    private volatile boolean closing;

    MonitorLifecycle(Monitor monitor, boolean autoStart, ApplicationContext context) {
        this.monitor = monitor;
        this.autoStart = autoStart;
        this.context = context;
    }

    @Override
    public synchronized void start() {
        monitor.start();
        paused.stream().filter(monitor::has).forEach(monitor::resume);
        paused.clear();
        running = true;
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (closing) {
            monitor.close();
            return;
        }
        monitor.snapshot().checks().stream().filter(check -> !check.paused()).forEach(check -> {
            monitor.pause(check.name());
            paused.add(check.name());
        });
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            closing = true;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }

    /** Spring 7 pauses the contexts of tests that wait for their next use; a monitor has better things to do. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
