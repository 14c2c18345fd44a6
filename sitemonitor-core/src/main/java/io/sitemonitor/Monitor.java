package io.sitemonitor;

import io.sitemonitor.alert.internal.DeadLetters;
import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.definition.Dependencies;
import io.sitemonitor.definition.Names;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorStarted;
import io.sitemonitor.event.StoreFailed;
import io.sitemonitor.incident.IncidentHistory;
import io.sitemonitor.incident.internal.RecentIncidents;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.Condition;
import io.sitemonitor.state.HealthState;
import io.sitemonitor.store.OpenStore;
import io.sitemonitor.store.Store;
import io.sitemonitor.store.StoreTakenException;
import io.sitemonitor.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the sites and services that an application depends on, from inside the application.
 *
 * <pre>{@code
 * try (Monitor monitor = Monitor.named("shop")
 *         .check("gateway", TcpCheck.connect("gw.internal", 443))
 *         .alert(alert -> pager.page(alert.summary()))
 *         .start()) {
 *     if (monitor.isUp("gateway")) { ... }
 * }
 * }</pre>
 *
 * <p><b>Threads:</b> safe for use by any number of threads. All threads it makes are daemons named
 * {@code sitemonitor-<monitor>-<role>-<n>}; their number does not grow with the number of checks.
 *
 * <p><b>Life:</b> {@link MonitorBuilder#build()} touches nothing, {@link #start()} makes threads, {@link #close()} ends
 * them within a bound. A closed monitor cannot be started again.
 */
public final class Monitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final int MAX_REASON = 200;
    private static final double GOLDEN = 0.618_033_988_749_894_9;

    private static final Duration LONGEST_CONDITION = Duration.ofDays(36_500);

    private enum Life {
        BUILT,
        STARTED,
        CLOSED
    }

    private final MonitorSettings settings;
    private final TimeSource time;
    private final RecentIncidents incidents = new RecentIncidents(RecentIncidents.DEFAULT_LIMIT);
    private final DeadLetters deadLetters = new DeadLetters();
    private final CheckRegistry registry = new CheckRegistry();
    private final Alerts alerts;

    /** Guards changes of {@link #life}; nothing foreign is called while it is held. */
    private final Object lifeLock = new Object();

    /** Lets one start at a time, which may wait for a store. Nobody else takes it. */
    private final ReentrantLock startLock = new ReentrantLock();

    /** Why the store could not be opened. Written by the one that starts. */
    private @Nullable String unopened;

    private volatile Life life = Life.BUILT;
    private final Map<String, CheckDefinition> notStarted = new ConcurrentHashMap<>();

    /** Names in the order in which they were defined, until they start. */
    private List<String> order;

    private volatile @Nullable Engine engine;
    private List<TargetPoller> pollers = List.of();
    private Platform.@Nullable Workers pollerThreads;
    private long added;

    Monitor(MonitorSettings settings, Map<String, CheckDefinition> checks) {
        this.settings = settings;
        this.order = List.copyOf(checks.keySet());
        this.time = settings.platform().time();
        this.notStarted.putAll(checks);
        this.alerts = new Alerts(
                settings.name(),
                () -> life == Life.STARTED ? engine : null,
                check -> cell(check).defined(),
                deadLetters);
    }

    /**
     * Begins to define a monitor.
     *
     * @param name its name, which appears in logs, meters, messages and thread names
     * @return a builder
     * @throws IllegalArgumentException if it is not a name, see {@link Names}
     */
    public static MonitorBuilder named(String name) {
        return new MonitorBuilder(name);
    }

    /**
     * Returns the name of this monitor.
     *
     * @return the name
     */
    public String name() {
        return settings.name();
    }

    /**
     * Starts to run the checks. First runs are spread over the warm-up. Does nothing if it is started already. With a store it
     * reads on this thread what an earlier process has left.
     *
     * @return this monitor
     * @throws IllegalStateException if it is closed, or another monitor of this name has its store open
     */
    public Monitor start() {
        startLock.lock();
        try {
            synchronized (lifeLock) {
                requireNotClosed();
                if (life == Life.STARTED) {
                    return this;
                }
            }
            begin(opened());
        } finally {
            startLock.unlock();
        }
        return this;
    }

    /** Returns what an earlier process has left; null if nothing is kept, or it cannot be. */
    private @Nullable OpenStore opened() {
        Store store = settings.store();
        if (store == null) {
            return null;
        }
        try {
            return store.open(name());
        } catch (StoreTakenException e) {
            throw new IllegalStateException(
                    "monitor '" + name() + "' is running already with this store: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            LOG.error("[{}] {} cannot be opened; nothing outlives this process", name(), store, e);
            unopened = SafeText.line(String.valueOf(e.getMessage()), 500);
            return null;
        }
    }

    private void begin(@Nullable OpenStore store) {
        Engine started;
        synchronized (lifeLock) {
            if (life == Life.CLOSED && store != null) {
                store.close();
            }
            requireNotClosed();
            started = new Engine(settings, incidents, deadLetters, registry, store);
            engine = started;
            life = Life.STARTED;
        }
        if (store != null) {
            started.recall(store);
        }
        started.start();
        startChecks();
        if (unopened != null) {
            started.publish(new StoreFailed(name(), time.now(), unopened));
        }
        startSources();
        started.memories().await(this::hasReadSources);
        if (settings.platform() == Platform.system()) { // in virtual time nobody waits for code to be loaded
            started.help(Rehearsal::once);
        }
    }

    private boolean hasReadSources() {
        synchronized (lifeLock) {
            return pollers.stream().allMatch(TargetPoller::hasRead);
        }
    }

    private void startChecks() {
        Engine started = requireEngine();
        List<CheckDefinition> definitions = new ArrayList<>();
        order.forEach(check -> takeNotStarted(check, definitions));
        order = List.of();
        Set.copyOf(notStarted.keySet()).forEach(check -> takeNotStarted(check, definitions));
        LOG.info(
                "[{}] started: {} checks, {} alert listeners, {} listeners, {} target sources, {}",
                name(),
                definitions.size(),
                settings.alerts().size(),
                settings.listeners().size(),
                settings.sources().size(),
                settings.platform());
        started.publish(new MonitorStarted(name(), time.now(), definitions.size()));
        for (int i = 0; i < definitions.size(); i++) {
            addCell(definitions.get(i), (double) i / definitions.size());
        }
    }

    private void takeNotStarted(String check, List<CheckDefinition> into) {
        CheckDefinition definition = notStarted.remove(check);
        if (definition != null) {
            into.add(definition);
        }
    }

    private void startSources() {
        if (settings.sources().isEmpty()) {
            return;
        }
        Engine started = requireEngine();
        Platform.Workers threads = settings.platform()
                .workers(
                        "sitemonitor-" + name() + "-targets", settings.sources().size());
        List<TargetPoller> made = new ArrayList<>();
        settings.sources().forEach(source -> made.add(new TargetPoller(this, started, threads, source)));
        synchronized (lifeLock) {
            if (life == Life.CLOSED) {
                threads.close();
                return;
            }
            pollers = made;
            pollerThreads = threads;
        }
        made.forEach(TargetPoller::start);
    }

    /** Adds a check to the running engine; {@code spread} from 0 to 1 says where in the warm-up its first run lies. */
    private boolean addCell(CheckDefinition definition, double spread) {
        Engine current = requireEngine();
        CheckCell cell = new CheckCell(current, Defined.of(registry.shared(definition)));
        synchronized (lifeLock) {
            if (life == Life.CLOSED || !registry.add(cell, this::definitionOf)) {
                return false;
            }
        }
        LOG.debug("[{}] {}: {}", name(), definition.name(), definition.settings());
        cell.speak();
        Duration every = definition.settings().schedule().interval();
        Duration over = every.compareTo(settings.warmUp()) < 0 ? every : settings.warmUp();
        cell.start(time.nanos() + (long) (over.toNanos() * spread));
        return true;
    }

    /**
     * Tells whether a target can be used: one map look-up, one volatile read and a look at the clock, cheap enough for every
     * request. What has not been looked at for two intervals is not up, even if the monitor as a whole should stand still.
     *
     * @param check the name of the check
     * @return true if its state is {@code UP} or {@code DEGRADED}; false if it is {@code DOWN}, {@code UNKNOWN}, or if
     *     there is no such check
     */
    public boolean isUp(String check) {
        CheckCell cell = registry.cell(check);
        return cell != null && cell.state().isUp();
    }

    /**
     * Returns a handle that tells whether a target can be used, for whoever asks millions of times a second.
     *
     * @param check the name of a check, which need not exist yet
     * @return a handle that follows the name; keep it
     */
    public CheckHandle handle(String check) {
        return new CheckHandle(registry, Objects.requireNonNull(check, "check"));
    }

    /**
     * Returns the health state of a check.
     *
     * @param check the name of the check
     * @return its state; {@link HealthState#UNKNOWN} also if there is no such check
     */
    public HealthState stateOf(String check) {
        CheckCell cell = registry.cell(check);
        return cell == null ? HealthState.UNKNOWN : cell.state();
    }

    /**
     * Tells whether there is a check of this name.
     *
     * @param check a name
     * @return whether it has been defined and not removed
     */
    public boolean has(String check) {
        return registry.has(check) || notStarted.containsKey(check);
    }

    /**
     * Returns the names of all checks.
     *
     * @return the names, sorted; a copy
     */
    public Set<String> checks() {
        Set<String> names = new TreeSet<>(registry.names());
        names.addAll(notStarted.keySet());
        return names;
    }

    /**
     * Returns a check as it is defined, such as one that was read from elsewhere.
     *
     * @param check the name of the check
     * @return its definition; empty if there is no such check
     */
    public Optional<CheckDefinition> definition(String check) {
        return Optional.ofNullable(definitionOf(check));
    }

    /**
     * Returns what is known right now.
     *
     * @return a snapshot of all started checks
     */
    public MonitorSnapshot snapshot() {
        List<CheckSnapshot> checks = registry.all().stream()
                .map(CheckCell::snapshot)
                .sorted(Comparator.comparing(CheckSnapshot::name))
                .toList();
        Engine current = engine;
        return new MonitorSnapshot(
                name(),
                time.now(),
                life == Life.STARTED,
                checks,
                isolation(current),
                current == null ? null : current.heart().lastBeat(),
                current == null ? 0 : current.waitingAlerts(),
                deadLetters.count());
    }

    private static @Nullable Condition isolation(@Nullable Engine engine) {
        OwnLine line = engine == null ? null : engine.ownLine();
        return line == null ? null : line.isolation();
    }

    /**
     * Returns the incidents that are remembered.
     *
     * @return the history, which goes on changing
     */
    public IncidentHistory incidents() {
        return incidents;
    }

    /**
     * Returns what can be said about alerts: acknowledgements, silences, dead letters.
     *
     * @return always the same object
     */
    public Alerts alerts() {
        return alerts;
    }

    /**
     * Adds a check with the monitor's defaults.
     *
     * @param name its name
     * @param check what is probed
     * @throws IllegalArgumentException if there is a check of this name, or it is not a name
     * @throws IllegalStateException if the monitor is closed
     */
    public void add(String name, Check check) {
        add(name, check, c -> {});
    }

    /**
     * Adds a check.
     *
     * @param name its name
     * @param check what is probed
     * @param options sets what differs from the monitor's defaults
     * @throws IllegalArgumentException if there is a check of this name, an option refuses its value, or it would depend on
     *     itself, directly or through others
     * @throws IllegalStateException if the monitor is closed
     */
    public void add(String name, Check check, Consumer<CheckSettingsBuilder> options) {
        CheckDefinition definition = CheckDefinition.of(name, check, settings.defaults(), options);
        requireNotClosed();
        if (addDefinition(definition)) {
            warnOfUnknown(definition);
        } else {
            requireNotClosed();
            throw new IllegalArgumentException(
                    "monitor '" + name() + "' has a check named '" + name + "' already; use put to replace it");
        }
    }

    private void warnOfUnknown(CheckDefinition definition) {
        if (life == Life.BUILT) {
            return; // what it depends on may be added before the start
        }
        for (String parent : definition.settings().dependsOn()) {
            if (!has(parent)) {
                LOG.warn(
                        "[{}] check '{}' depends on '{}', which does not exist: nothing is held because of it until it does",
                        name(),
                        definition.name(),
                        parent);
            }
        }
    }

    private boolean addDefinition(CheckDefinition definition) {
        synchronized (lifeLock) {
            if (life == Life.BUILT) {
                if (notStarted.containsKey(definition.name())) {
                    return false;
                }
                Dependencies.requireNoCircle(definition, notStarted::get);
                notStarted.put(definition.name(), definition);
                return true;
            }
            added++;
        }
        return addCell(definition, added * GOLDEN % 1);
    }

    /**
     * Adds a check, or replaces the one of the same name. Replacing it with an equal definition changes nothing. With
     * other settings but an equal check it keeps its state; with another check its state is {@code UNKNOWN} until a run
     * decides. An open incident stays open in any case, and ends when the new definition proves to be up.
     *
     * @param definition the check as it should be
     * @return whether anything changed
     * @throws IllegalArgumentException if it would depend on itself, directly or through others
     * @throws IllegalStateException if the monitor is closed
     */
    public boolean put(CheckDefinition definition) {
        return change(definition, true);
    }

    private boolean change(CheckDefinition definition, boolean addsMissing) {
        Defined replacement = null;
        while (true) {
            requireNotClosed();
            synchronized (lifeLock) {
                if (life == Life.BUILT && (addsMissing || notStarted.containsKey(definition.name()))) {
                    Dependencies.requireNoCircle(definition, notStarted::get);
                    return !definition.equals(notStarted.put(definition.name(), definition));
                }
            }
            CheckCell cell = registry.cell(definition.name());
            if (cell == null) {
                if (!addsMissing && !notStarted.containsKey(definition.name())) {
                    throw unknown(definition.name());
                }
                if (addDefinition(definition)) {
                    return true;
                }
                continue; // somebody else has added it meanwhile
            }
            CheckDefinition before = cell.definition();
            if (before.equals(definition)) {
                return false;
            }
            replacement = replacement == null ? Defined.of(registry.shared(definition)) : replacement;
            boolean otherCheck = !before.check().equals(definition.check());
            if (registry.replace(cell, before, replacement, otherCheck, this::definitionOf)) {
                return true;
            }
        }
    }

    private @Nullable CheckDefinition definitionOf(String check) {
        CheckCell cell = registry.cell(check);
        return cell == null ? notStarted.get(check) : cell.definition();
    }

    /**
     * Replaces a check, see {@link #put}.
     *
     * @param name its name
     * @param check what is probed
     * @param options sets what differs from the monitor's defaults
     * @return whether anything changed
     * @throws IllegalArgumentException if there is no check of this name, an option refuses its value, or it would depend on
     *     itself, directly or through others
     * @throws IllegalStateException if the monitor is closed
     */
    public boolean replace(String name, Check check, Consumer<CheckSettingsBuilder> options) {
        CheckDefinition definition = CheckDefinition.of(name, check, settings.defaults(), options);
        boolean changed = change(definition, false);
        warnOfUnknown(definition);
        return changed;
    }

    /**
     * Removes a check. If it is down, its incident is closed and everybody who was told of it is told that it is no longer
     * monitored.
     *
     * @param check the name of the check
     * @return whether there was one
     */
    public boolean remove(String check) {
        if (notStarted.remove(check) != null) {
            return true;
        }
        CheckCell cell = registry.remove(check);
        if (cell == null) {
            return false;
        }
        cell.remove(true);
        return true;
    }

    /**
     * Stops the runs of a check. Its state stays as it is, but what is up is not known any more after two intervals; an open
     * incident stays open.
     *
     * @param check the name of the check
     * @throws IllegalArgumentException if there is no such check
     * @throws IllegalStateException if the monitor is not running
     */
    public void pause(String check) {
        cell(check).pause("paused", null);
    }

    /**
     * Stops the runs of a check for a while. Pausing a paused check gives it another reason and end.
     *
     * @param check the name of the check
     * @param reason why, in one line for people
     * @param limit after which its runs go on by themselves; more than zero, at most 36,500 days
     * @throws IllegalArgumentException if there is no such check, or the limit is less or more than allowed
     * @throws IllegalStateException if the monitor is not running
     */
    public void pause(String check, String reason, Duration limit) {
        cell(check).pause(SafeText.line(reason, MAX_REASON), requirePositive("pause", limit));
    }

    /**
     * Opens maintenance: runs go on, alerts about outages are held, and the time counts neither for nor against the
     * uptime. An outage that outlives the maintenance is told at its end. Opening it again gives it another reason and end.
     *
     * @param reason why, in one line for people
     * @param limit after which it ends by itself; more than zero, at most 36,500 days
     * @param checks the names of the checks; none means all that there are now
     * @throws IllegalArgumentException if there is no such check, or the limit is less or more than allowed
     * @throws IllegalStateException if the monitor is not running
     */
    public void openMaintenance(String reason, Duration limit, String... checks) {
        Duration checked = requirePositive("maintenance", limit);
        String line = SafeText.line(reason, MAX_REASON);
        cells(checks).forEach(cell -> cell.decide((decider, now) -> decider.openMaintenance(line, checked, now)));
    }

    /**
     * Ends maintenance that was opened by {@link #openMaintenance}. Planned windows are not touched.
     *
     * @param checks the names of the checks; none means all that there are now
     * @throws IllegalArgumentException if there is no such check
     * @throws IllegalStateException if the monitor is not running
     */
    public void closeMaintenance(String... checks) {
        cells(checks).forEach(cell -> cell.decide(CheckDecider::closeMaintenance));
    }

    private List<CheckCell> cells(String... checks) {
        if (checks.length > 0) {
            return Arrays.stream(checks).map(this::cell).toList();
        }
        requireRunning();
        return registry.all().stream()
                .sorted(Comparator.comparing(CheckCell::name))
                .toList();
    }

    static Duration requirePositive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("the limit of a " + what + " must be more than zero, but was " + limit);
        }
        if (limit.compareTo(LONGEST_CONDITION) > 0) {
            throw new IllegalArgumentException("the limit of a " + what + " must be at most "
                    + LONGEST_CONDITION.toDays() + " days, but was " + limit);
        }
        return limit;
    }

    /**
     * Lets the runs of a check go on, beginning at once. Does nothing if it is not paused.
     *
     * @param check the name of the check
     * @throws IllegalArgumentException if there is no such check
     * @throws IllegalStateException if the monitor is not running
     */
    public void resume(String check) {
        cell(check).resume();
    }

    /**
     * Runs a check at once, even if it is paused or the limits of its host ({@link MonitorBuilder#perHost}) would make it
     * wait. If it is running already, waits for that run.
     *
     * @param check the name of the check
     * @return completed with what the run found, or exceptionally if the check is removed before it ends
     * @throws IllegalArgumentException if there is no such check
     * @throws IllegalStateException if the monitor is not running
     */
    public CompletableFuture<CheckResult> runNow(String check) {
        CompletableFuture<CheckResult> result = new CompletableFuture<>();
        cell(check).runNow(result);
        return result;
    }

    /**
     * Counts a result that somebody found without being asked, like that of a run that has just ended: a host's own calls
     * feed a check in this way, and a busy dependency need not be probed at all, since the next run comes a whole interval
     * later. Never blocks and never throws.
     *
     * @param check the name of the check; a result for one that does not exist, has not started or is paused is dropped
     * @param result what was found
     * @param took how long it took; it counts as the latency of the run; what is negative counts as zero, what is longer than
     *     366 days as 366 days
     */
    public void report(String check, CheckResult result, Duration took) {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(took, "took");
        CheckCell cell = registry.cell(check);
        if (cell != null && life == Life.STARTED) {
            cell.report(result, bounded(took));
        }
    }

    private static Duration bounded(Duration took) {
        if (took.isNegative()) {
            return Duration.ZERO;
        }
        return took.compareTo(Schedule.LONGEST) > 0 ? Schedule.LONGEST : took;
    }

    /** Ends everything within the builder's {@link MonitorBuilder#closeWithin} time. Does nothing if it is closed. */
    @Override
    public void close() {
        close(settings.closeTimeout());
    }

    /**
     * Ends everything: no run starts any more, runs that go on are interrupted, alerts that have been accepted are handed
     * over as far as the limit allows and the rest is reported, and all threads end. Does nothing if it is closed.
     *
     * @param limit how long it may take; zero means that nothing is waited for
     * @throws IllegalArgumentException if the limit is negative
     */
    public void close(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("the limit to close must not be negative, but was " + limit);
        }
        List<TargetPoller> toClose;
        Platform.Workers threads;
        synchronized (lifeLock) {
            if (life == Life.CLOSED) {
                return;
            }
            life = Life.CLOSED;
            toClose = pollers;
            threads = pollerThreads;
        }
        Engine current = engine;
        if (current == null) {
            return;
        }
        long deadline = time.nanos() + limit.toNanos();
        toClose.forEach(TargetPoller::close);
        registry.all().forEach(cell -> cell.remove(false));
        int undelivered = current.closeAlerts(limit);
        current.publish(new MonitorClosed(name(), time.now(), undelivered));
        long left = Math.max(0, deadline - time.nanos());
        current.closeListeners(Duration.ofNanos(left));
        if (threads != null) {
            threads.close();
        }
        if (undelivered > 0 && current.memories().areKept()) {
            LOG.info("[{}] closed; {} alerts are kept for the next start", name(), undelivered);
        } else if (undelivered > 0) {
            LOG.warn("[{}] closed; {} alerts could not be handed over within {}", name(), undelivered, limit);
        } else {
            LOG.info("[{}] closed", name());
        }
    }

    private void requireRunning() {
        if (life != Life.STARTED) {
            throw new IllegalStateException("monitor '" + name() + "' is not running");
        }
    }

    private CheckCell cell(String check) {
        requireRunning();
        CheckCell cell = registry.cell(check);
        if (cell == null) {
            throw unknown(check);
        }
        return cell;
    }

    private IllegalArgumentException unknown(String check) {
        return new IllegalArgumentException("monitor '" + name() + "' has no check named '" + check + "'");
    }

    private void requireNotClosed() {
        if (life == Life.CLOSED) {
            throw new IllegalStateException("monitor '" + name() + "' is closed; build a new one to monitor again");
        }
    }

    private Engine requireEngine() {
        Engine current = engine;
        if (current == null) {
            throw new IllegalStateException("monitor '" + name() + "' is not started");
        }
        return current;
    }

    @Override
    public String toString() {
        return "Monitor[" + name() + ", " + life + ", " + checks().size() + " checks]";
    }
}
