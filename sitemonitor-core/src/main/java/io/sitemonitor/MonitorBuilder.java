package io.sitemonitor;

import io.sitemonitor.alert.AlertListener;
import io.sitemonitor.alert.AlertPolicy;
import io.sitemonitor.alert.AlertPolicyBuilder;
import io.sitemonitor.alert.internal.AlertRouter;
import io.sitemonitor.check.Check;
import io.sitemonitor.definition.CheckDefinition;
import io.sitemonitor.definition.CheckSettings;
import io.sitemonitor.definition.CheckSettingsBuilder;
import io.sitemonitor.definition.Dependencies;
import io.sitemonitor.definition.Names;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.schedule.Platform;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.store.Store;
import io.sitemonitor.target.TargetSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Defines a monitor: its checks, who is told, and how it runs. Each option is checked when it is set.
 *
 * <p><b>Threads:</b> for one thread.
 */
public final class MonitorBuilder {

    /** First runs are spread over 5 seconds. */
    public static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(5);

    /** Closing takes at most 4 seconds. */
    public static final Duration DEFAULT_CLOSE_WITHIN = Duration.ofSeconds(4);

    /** So many runs may go on at once where there are no virtual threads. */
    public static final int DEFAULT_RUNS_ON_POOL = 512;

    /** So many runs may go on at once where there are virtual threads. */
    public static final int DEFAULT_RUNS_ON_VIRTUAL_THREADS = 10_000;

    /** The monitor says once a minute that it does its work. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofMinutes(1);

    /** Targets are read again after a minute. */
    public static final Duration DEFAULT_TARGETS_EVERY = Duration.ofMinutes(1);

    private final String name;
    private final Map<String, CheckDefinition> checks = new LinkedHashMap<>();
    private final Map<String, MonitorListener> listeners = new LinkedHashMap<>();
    private final Map<String, AlertRouter.Registration> alerts = new LinkedHashMap<>();
    private final List<MonitorSettings.Source> sources = new ArrayList<>();
    private Consumer<CheckSettingsBuilder> defaults = c -> {};

    /** What the defaults come to, for all checks that have nothing else; null until one is added. */
    private @Nullable CheckSettings usual;

    private Platform platform = Platform.system();
    private Duration warmUp = DEFAULT_WARM_UP;
    private Duration closeWithin = DEFAULT_CLOSE_WITHIN;
    private @Nullable Integer maxConcurrentRuns;
    private OwnLine.@Nullable Proofs online;
    private Duration heartbeatEvery = DEFAULT_HEARTBEAT;
    private @Nullable Check heartbeatCall;
    private HostDesk.Limits perHost = HostDesk.Limits.NONE;
    private @Nullable Store store;

    MonitorBuilder(String name) {
        this.name = Names.require("monitor", name);
    }

    /**
     * Sets what holds for every check that is defined after this call, unless it says otherwise itself.
     *
     * @param options sets the defaults
     * @return this builder
     * @throws IllegalArgumentException if an option refuses its value
     */
    public MonitorBuilder defaults(Consumer<CheckSettingsBuilder> options) {
        options.accept(new CheckSettingsBuilder());
        defaults = options;
        usual = null;
        return this;
    }

    /**
     * Adds a check with default settings: every 30 seconds, down after 3 failures in a row, up after 2 good runs.
     *
     * @param name its name, unique within the monitor
     * @param check what is probed; any lambda will do
     * @return this builder
     * @throws IllegalArgumentException if it is not a name, or another check has it
     */
    public MonitorBuilder check(String name, Check check) {
        CheckDefinition definition = usual == null
                ? CheckDefinition.of(name, check, defaults, c -> {})
                : new CheckDefinition(name, check, usual);
        usual = definition.settings();
        return check(definition);
    }

    /**
     * Adds a check.
     *
     * @param name its name, unique within the monitor
     * @param check what is probed; any lambda will do
     * @param options sets what differs from the defaults
     * @return this builder
     * @throws IllegalArgumentException if it is not a name, another check has it, or an option refuses its value
     */
    public MonitorBuilder check(String name, Check check, Consumer<CheckSettingsBuilder> options) {
        return check(CheckDefinition.of(name, check, defaults, options));
    }

    /**
     * Adds a check.
     *
     * @param definition its name, what is probed, and its settings
     * @return this builder
     * @throws IllegalArgumentException if another check has its name
     */
    public MonitorBuilder check(CheckDefinition definition) {
        if (checks.putIfAbsent(definition.name(), definition) != null) {
            throw new IllegalArgumentException("monitor '" + this.name + "' has two checks named '" + definition.name()
                    + "'; names must be unique");
        }
        return this;
    }

    /**
     * Takes checks from a source, read at the start and again every minute.
     *
     * @param source where the checks come from
     * @return this builder
     */
    public MonitorBuilder targets(TargetSource source) {
        return targets(source, DEFAULT_TARGETS_EVERY);
    }

    /**
     * Takes checks from a source, read at the start and again and again. What has changed is added, replaced or removed.
     *
     * @param source where the checks come from
     * @param every the time from one reading to the next, from 100 milliseconds to 366 days
     * @return this builder
     * @throws IllegalArgumentException if the time is shorter or longer than allowed
     */
    public MonitorBuilder targets(TargetSource source, Duration every) {
        Objects.requireNonNull(source, "source");
        sources.add(new MonitorSettings.Source(source, Schedule.every(every).interval()));
        return this;
    }

    /**
     * Tells a listener everything that happens.
     *
     * @param listener whom to tell
     * @return this builder
     */
    public MonitorBuilder listener(MonitorListener listener) {
        Objects.requireNonNull(listener, "listener");
        listeners.put(freeName(listeners, simpleName(listener, "listener")), listener);
        return this;
    }

    /**
     * Calls back with each change of a state.
     *
     * @param callback what to call; as a {@link MonitorListener} is called
     * @return this builder
     */
    public MonitorBuilder onStateChange(Consumer<StateChanged> callback) {
        Objects.requireNonNull(callback, "callback");
        return listener(new MonitorListener() {
            @Override
            public void onEvent(MonitorEvent event) {
                if (event instanceof StateChanged change) {
                    callback.accept(change);
                }
            }

            @Override
            public boolean wants(Class<? extends MonitorEvent> type) {
                return type == StateChanged.class;
            }
        });
    }

    /**
     * Sends alerts to a listener, with the default policy: every outage and its recovery.
     *
     * @param listener where to send them; any lambda will do
     * @return this builder
     */
    public MonitorBuilder alert(AlertListener listener) {
        return alert(listener, p -> {});
    }

    /**
     * Sends alerts to a listener.
     *
     * @param listener where to send them; any lambda will do
     * @param options sets which alerts, and how hard to try
     * @return this builder
     * @throws IllegalArgumentException if an option refuses its value, or another listener has the given name
     */
    public MonitorBuilder alert(AlertListener listener, Consumer<AlertPolicyBuilder> options) {
        Objects.requireNonNull(listener, "listener");
        AlertPolicyBuilder builder = AlertPolicy.builder();
        options.accept(builder);
        AlertPolicy policy = builder.build();
        String given = policy.name();
        if (given != null && alerts.containsKey(given)) {
            throw new IllegalArgumentException(
                    "monitor '" + this.name + "' has two alert listeners named '" + given + "'; names must be unique");
        }
        String key = given == null ? freeName(alerts, simpleName(listener, "listener")) : given;
        alerts.put(key, new AlertRouter.Registration(listener, policy));
        return this;
    }

    /**
     * Runs on another platform: virtual time, in tests.
     *
     * <p>Default: the machine's clocks and threads.
     *
     * @param platform clocks and threads
     * @return this builder
     */
    public MonitorBuilder runOn(Platform platform) {
        this.platform = Objects.requireNonNull(platform, "platform");
        return this;
    }

    /**
     * Spreads the first runs over this time, or over the interval of a check if that is shorter. Checks keep their places
     * afterwards.
     *
     * <p>Default 5 seconds, from zero, which starts all at once, to 1 hour.
     *
     * @param time how long the first runs may take to begin
     * @return this builder
     * @throws IllegalArgumentException if it is longer than allowed or negative
     */
    public MonitorBuilder warmUp(Duration time) {
        warmUp = within("warmUp", time, Duration.ofHours(1));
        return this;
    }

    /**
     * Bounds how long {@link Monitor#close()} may take.
     *
     * <p>Default 4 seconds, from zero, which waits for nothing, to 1 hour.
     *
     * @param time the longest time to hand over what has been accepted
     * @return this builder
     * @throws IllegalArgumentException if it is longer than allowed or negative
     */
    public MonitorBuilder closeWithin(Duration time) {
        closeWithin = within("closeWithin", time, Duration.ofHours(1));
        return this;
    }

    /**
     * Bounds how many runs may go on at once. What is due beyond that waits for a free place, and counts as inconclusive
     * if none is free within its timeout. Without virtual threads each run that goes on takes a thread of the system.
     * Whatever the bound, no more than about 256 runs that began lately go on at once: more would wait for a processor.
     *
     * <p>Default 10,000 with virtual threads (Java 21 and newer) and 512 without, from 1 to 100,000.
     *
     * @param runs how many runs
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public MonitorBuilder maxConcurrentRuns(int runs) {
        if (runs < 1 || runs > 100_000) {
            throw new IllegalArgumentException("maxConcurrentRuns must be from 1 to 100000, but was " + runs);
        }
        maxConcurrentRuns = runs;
        return this;
    }

    /**
     * Names checks that prove that we are online ourselves, such as two or three independent sites. When a run of any check
     * fails, it counts only if at least {@code least} of them pass; otherwise it is inconclusive, and one alert of kind
     * {@code ISOLATED} is raised once they have failed as often in a row as makes them down.
     *
     * <p>Default none: every failure is believed. So it is while too many of these checks are paused or removed to tell,
     * after each failure has waited for them. An {@code inverted} check proves nothing and is refused by {@link #build()}.
     *
     * @param least how many of them must pass, from 1 to the number of the checks
     * @param checks the names of the checks
     * @return this builder
     * @throws IllegalArgumentException if {@code least} is not from 1 to the number of the checks, or a name is none
     */
    public MonitorBuilder onlineWhen(int least, String... checks) {
        Objects.requireNonNull(checks, "checks");
        if (checks.length == 0) {
            throw new IllegalArgumentException("onlineWhen needs at least one check that proves that we are online");
        }
        Set<String> proofs = new LinkedHashSet<>();
        for (String check : checks) {
            proofs.add(Names.require("check that proves that we are online", check));
        }
        if (least < 1 || least > proofs.size()) {
            throw new IllegalArgumentException(
                    "onlineWhen must ask for 1 to " + proofs.size() + " of its checks, but asked for " + least);
        }
        online = new OwnLine.Proofs(least, Collections.unmodifiableSet(proofs));
        return this;
    }

    /**
     * Sets how often the monitor says that it does its work: as an event and as a meter. It stays silent when a check has
     * not been run for two intervals or an alert has been waiting for longer than two heartbeats.
     *
     * <p>Default 1 minute, from 1 second to 1 day.
     *
     * @param every the time from one heartbeat to the next
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public MonitorBuilder heartbeat(Duration every) {
        Objects.requireNonNull(every, "every");
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("heartbeat must be from PT1S to PT24H, but was " + every);
        }
        heartbeatEvery = every;
        return this;
    }

    /**
     * Sets how often the monitor says that it does its work, and what to call each time: a request to a service that
     * raises the alarm when the calls stay away, say.
     *
     * @param every the time from one heartbeat to the next
     * @param call called with each heartbeat, such as {@code HttpCheck.get(url)}; a failed call is logged
     * @return this builder
     * @throws IllegalArgumentException if the time is shorter or longer than allowed
     */
    public MonitorBuilder heartbeat(Duration every, Check call) {
        heartbeat(every);
        heartbeatCall = Objects.requireNonNull(call, "call");
        return this;
    }

    /**
     * Spares each host: so many runs of all its checks go on at once, and so much time lies between the starts of two of
     * them. A run that has to wait stays due and starts as soon as it may, in the order of asking.
     *
     * <p>Default: no limit, for checks of one host are spread over the interval anyway. A target that answers with
     * {@code Retry-After} is left alone in any case, as long as the check's slowest pace at most.
     *
     * @param inFlight how many runs may go on at once for one host, from 1 to 10,000
     * @param gap the least time from the start of one run to the start of the next, from zero to 1 hour
     * @return this builder
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public MonitorBuilder perHost(int inFlight, Duration gap) {
        Objects.requireNonNull(gap, "gap");
        if (inFlight < 1 || inFlight > 10_000) {
            throw new IllegalArgumentException("perHost must allow 1 to 10000 runs at once, but was " + inFlight);
        }
        perHost = new HostDesk.Limits(inFlight, within("the gap of perHost", gap, Duration.ofHours(1)));
        return this;
    }

    /**
     * Keeps what is open where it outlives the process: alerts on their way, who was told of what, open incidents and the state of
     * checks that have one. After a restart nothing is announced twice, alerts that were accepted are delivered, and what has
     * ended meanwhile is closed.
     *
     * <p>Listeners are found again by their names, so give them one ({@code p -> p.named("pager")}). What nobody claims a minute after
     * the start, and after all target sources have been read, belongs to checks that are gone, and is closed.
     *
     * <p>If the store cannot be opened or written, that is logged and told as {@link io.sitemonitor.event.StoreFailed}; everything
     * else goes on.
     *
     * <p>Default: nothing outlives the process.
     *
     * @param kept where, such as {@code FileStore.in(directory)}
     * @return this builder
     */
    public MonitorBuilder store(Store kept) {
        store = Objects.requireNonNull(kept, "kept");
        return this;
    }

    /**
     * Makes the monitor and touches nothing: no thread, no connection.
     *
     * @return a monitor that can be started
     * @throws IllegalStateException if checks depend on each other in a circle, or one on which others depend or which is to
     *     prove that we are online is not defined while no target source could give it, or alert listeners spill over to
     *     one that does not exist or in a circle, or none spills over to a standby
     */
    public Monitor build() {
        requireDependencies();
        requireSpillOvers();
        int runs = platform.hasVirtualThreads() ? DEFAULT_RUNS_ON_VIRTUAL_THREADS : DEFAULT_RUNS_ON_POOL;
        return new Monitor(
                new MonitorSettings(
                        name,
                        platform,
                        warmUp,
                        closeWithin,
                        maxConcurrentRuns == null ? runs : maxConcurrentRuns,
                        defaults,
                        listeners,
                        alerts,
                        sources,
                        online,
                        new Heart.Settings(heartbeatEvery, heartbeatCall),
                        perHost,
                        store),
                checks);
    }

    private void requireDependencies() {
        try {
            checks.values().forEach(check -> Dependencies.requireNoCircle(check, checks::get));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        Set<String> unknown = Dependencies.unknown(checks);
        Set<String> unproven = new LinkedHashSet<>(online == null ? Set.of() : online.checks());
        for (String proof : unproven) {
            CheckDefinition definition = checks.get(proof);
            if (definition != null && definition.settings().inverted()) {
                throw new IllegalStateException(
                        "check '" + proof + "' is inverted, so it cannot prove that monitor '" + name + "' is online");
            }
        }
        unproven.removeAll(checks.keySet());
        if (sources.isEmpty()) {
            requireNone(unproven, ", which is to prove that we are online");
            requireNone(unknown, ", on which others depend");
        }
    }

    private void requireSpillOvers() {
        Set<String> receivers = new HashSet<>();
        alerts.forEach((listener, registration) -> {
            Set<String> seen = new LinkedHashSet<>(Set.of(listener));
            for (String next = spillOver(listener); next != null; next = spillOver(next)) {
                receivers.add(next);
                if (!alerts.containsKey(next)) {
                    throw new IllegalStateException("alert listener '" + listener + "' of monitor '" + name
                            + "' spills over to '" + next + "', which does not exist; there are " + alerts.keySet());
                }
                if (!seen.add(next)) {
                    throw new IllegalStateException("alert listeners of monitor '" + name + "' spill over in a circle: "
                            + String.join(" -> ", seen) + " -> " + next);
                }
            }
        });
        alerts.forEach((listener, registration) -> {
            if (registration.policy().isStandby() && !receivers.contains(listener)) {
                throw new IllegalStateException("alert listener '" + listener + "' of monitor '" + name
                        + "' is a standby, but no other spills over to it");
            }
        });
    }

    private @Nullable String spillOver(String listener) {
        AlertRouter.Registration registration = alerts.get(listener);
        AlertPolicy.Budget budget =
                registration == null ? null : registration.policy().budget();
        return budget == null ? null : budget.spillOver();
    }

    private void requireNone(Set<String> missing, String purpose) {
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "monitor '" + name + "' has no check named '" + String.join("', '", missing) + "'" + purpose);
        }
    }

    /**
     * Makes the monitor and starts it.
     *
     * @return the running monitor
     */
    public Monitor start() {
        return build().start();
    }

    private static Duration within(String what, Duration value, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from PT0S to " + most + ", but was " + value);
        }
        return value;
    }

    private static String simpleName(Object object, String otherwise) {
        Class<?> type = object.getClass();
        return type.isSynthetic() || type.isAnonymousClass() || type.isHidden() ? otherwise : type.getSimpleName();
    }

    private static String freeName(Map<String, ?> taken, String wanted) {
        String free = wanted;
        for (int n = 2; taken.containsKey(free); n++) {
            free = wanted + "-" + n;
        }
        return free;
    }
}
