package io.sitemonitor;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.DefinitionChanges;
import io.sitemonitor.event.TargetsFailed;
import io.sitemonitor.event.TargetsLoaded;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.internal.TimedWork;
import io.sitemonitor.schedule.internal.Timer;
import io.sitemonitor.target.TargetSource;
import io.sitemonitor.target.Targets;
import io.sitemonitor.time.Throttle;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one target source again and again and applies what has changed: the one place where sources are called. */
final class TargetPoller extends Timer {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Monitor monitor;
    private final Engine engine;
    private final Platform.Workers workers;
    private final TargetSource source;
    private final String name;
    private final long every;
    private final Throttle complaints;

    /** What this source has given, by name; touched by one reading at a time. */
    private final Map<String, CheckDefinition> given = new LinkedHashMap<>();

    private Set<String> lastRejected = Set.of();
    private volatile boolean hasRead;

    // guarded by this
    private @Nullable Reading reading;
    private boolean closed;
    private long nextAt;

    TargetPoller(Monitor monitor, Engine engine, Platform.Workers workers, MonitorSettings.Source settings) {
        this.monitor = monitor;
        this.engine = engine;
        this.workers = workers;
        this.source = settings.source();
        this.name = nameOf(settings.source());
        this.every = settings.every().toNanos();
        this.complaints = new Throttle(engine.time(), Duration.ofMinutes(1));
    }

    private static String nameOf(TargetSource source) {
        try {
            return SafeText.line(source.name(), 200);
        } catch (Throwable e) { // foreign code: a source that cannot name itself can still be read
            LOG.warn("a target source failed to name itself", e);
            return "targets";
        }
    }

    void start() {
        long now = engine.time().nanos();
        synchronized (this) {
            nextAt = now;
        }
        engine.timers().wake(this, now);
    }

    /** Tells whether it has given checks, or that there are none. */
    boolean hasRead() {
        return hasRead;
    }

    void close() {
        Reading current;
        synchronized (this) {
            closed = true;
            current = reading;
        }
        if (current != null) {
            current.expire();
        }
    }

    @Override
    protected long fire(long now) {
        Reading overdue = null;
        Reading begun = null;
        long next;
        synchronized (this) {
            if (closed) {
                return Platform.Tick.NEVER;
            }
            if (reading != null) {
                long deadline = reading.deadline(now + TIMEOUT.toNanos());
                overdue = now - deadline >= 0 ? reading : null;
                next = overdue == null ? deadline : now + TIMEOUT.toNanos();
            } else if (now - nextAt < 0) {
                next = nextAt;
            } else {
                begun = new Reading();
                reading = begun;
                nextAt = now + every;
                next = now + TIMEOUT.toNanos();
            }
        }
        if (overdue != null && overdue.expire()) {
            engine.help(() -> failed("no answer within " + TIMEOUT, null));
        }
        if (begun != null) {
            workers.start(begun);
        }
        return next;
    }

    private void ended(Reading ended, @Nullable Throwable thrown, boolean expired) {
        boolean apply;
        synchronized (this) {
            apply = !closed && !expired;
        }
        try {
            Targets targets = ended.targets;
            if (apply && thrown != null) {
                String message = thrown.getMessage();
                failed(message == null ? thrown.getClass().getSimpleName() : message, thrown);
            } else if (apply && targets == null) {
                failed("the source returned null", null);
            } else if (apply && targets != null) {
                apply(targets);
                hasRead = true;
            }
        } finally {
            long next;
            synchronized (this) {
                reading = null;
                next = nextAt;
            }
            engine.timers().wake(this, next);
        }
    }

    private void failed(String reason, @Nullable Throwable thrown) {
        String line = SafeText.line(reason, 500);
        if (complaints.tryPass()) {
            LOG.warn(
                    "[{}] targets '{}' could not be read; the checks stay as they are: {}",
                    engine.name(),
                    name,
                    line,
                    thrown);
        }
        engine.publish(new TargetsFailed(engine.name(), name, engine.time().now(), line));
    }

    private void apply(Targets targets) {
        List<String> rejected = new ArrayList<>();
        List<CheckDefinition> wanted = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (CheckDefinition definition : targets.checks()) {
            if (!given.containsKey(definition.name()) && monitor.has(definition.name())) {
                rejected.add("'" + definition.name() + "': the monitor has another check of this name");
            } else {
                wanted.add(definition);
                names.add(definition.name());
            }
        }
        for (Targets.Rejected row : targets.rejected()) {
            rejected.add(SafeText.line(row.toString(), 500));
            CheckDefinition running = row.name() == null ? null : given.get(row.name());
            if (running != null && names.add(running.name())) {
                wanted.add(running); // a row that has become unreadable does not end a check that works
            }
        }
        DefinitionChanges changes = DefinitionChanges.between(given.values(), wanted);
        changes.removed().forEach(this::remove);
        List<CheckDefinition> refused = put(changes, rejected);
        int replaced = count(changes.replaced(), refused);
        int added = count(changes.added(), refused);
        report(added, replaced, changes.removed().size(), rejected);
    }

    private static int count(List<CheckDefinition> definitions, List<CheckDefinition> refused) {
        return (int)
                definitions.stream().filter(each -> !refused.contains(each)).count();
    }

    private void remove(String check) {
        given.remove(check);
        monitor.remove(check);
    }

    /** Puts what can be put, in as many rounds as bring something; returns what is refused, and says why. */
    private List<CheckDefinition> put(DefinitionChanges changes, List<String> rejected) {
        List<CheckDefinition> left = new ArrayList<>(changes.replaced());
        left.addAll(changes.added());
        List<String> reasons = new ArrayList<>();
        int before;
        do { // a circle with a row as it was may be none with that row as it is now
            before = left.size();
            reasons.clear();
            left.removeIf(definition -> put(definition, reasons));
        } while (!left.isEmpty() && left.size() < before);
        rejected.addAll(reasons);
        return left;
    }

    private boolean put(CheckDefinition definition, List<String> reasons) {
        try {
            monitor.put(definition);
            given.put(definition.name(), definition);
            return true;
        } catch (IllegalArgumentException e) { // such as a circle of dependencies; what ran before goes on
            reasons.add("'" + definition.name() + "': " + e.getMessage());
            return false;
        }
    }

    private void report(int added, int replaced, int removed, List<String> rejected) {
        Set<String> now = new TreeSet<>(rejected);
        boolean news = !now.equals(lastRejected);
        lastRejected = now;
        if (added + replaced + removed == 0 && !news) {
            return;
        }
        LOG.info(
                "[{}] targets '{}': {} added, {} replaced, {} removed, {} rejected",
                engine.name(),
                name,
                added,
                replaced,
                removed,
                rejected.size());
        if (news) {
            rejected.stream().limit(20).forEach(row -> LOG.warn("[{}] targets '{}': {}", engine.name(), name, row));
        }
        engine.publish(new TargetsLoaded(engine.name(), name, engine.time().now(), added, replaced, removed, rejected));
    }

    /** One reading of the source. */
    private final class Reading extends TimedWork {

        private @Nullable Targets targets;

        Reading() {
            super(engine.time().nanos());
        }

        @Override
        public TimeSource time() {
            return engine.time();
        }

        @Override
        protected long limit() {
            return TIMEOUT.toNanos();
        }

        @Override
        protected void perform() throws Exception {
            targets = source.read();
        }

        @Override
        protected void ended(@Nullable Throwable thrown, boolean expired) {
            TargetPoller.this.ended(this, thrown, expired);
        }
    }
}
