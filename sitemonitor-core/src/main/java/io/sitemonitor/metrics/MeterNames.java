package io.sitemonitor.metrics;

/**
 * The names and tags of all meters. All meters of one name have the same tags.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>exists</th></tr>
 * <tr><td>{@value #CHECK_DURATION}</td><td>timer</td><td>monitor, check, kind, verdict, failure</td><td>with its check;
 *     for each verdict and failure from the first such run on, for {@code pass} from the beginning</td></tr>
 * <tr><td>{@value #CHECK_STATE}</td><td>gauge</td><td>monitor, check, kind</td><td>with its check</td></tr>
 * <tr><td>{@value #CHECKS}</td><td>gauge</td><td>monitor, state</td><td>with its monitor</td></tr>
 * <tr><td>{@value #CHECK_CONDITIONS}</td><td>gauge</td><td>monitor, condition</td><td>with its monitor</td></tr>
 * <tr><td>{@value #INSECURE}</td><td>gauge</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #INCIDENTS}</td><td>gauge</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #INCIDENTS_OPENED}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #RUNS_STUCK}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #TICKS_MISSED}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #ALERTS}</td><td>counter</td><td>monitor, listener, outcome</td><td>from the first alert of its
 *     listener on</td></tr>
 * <tr><td>{@value #ALERTS_HELD}</td><td>counter</td><td>monitor, condition</td><td>with its monitor, for each condition
 *     that holds alerts</td></tr>
 * <tr><td>{@value #HEARTBEATS}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #HEARTBEATS_MISSED}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #HEARTBEAT_AGE}</td><td>gauge</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #ISOLATED}</td><td>gauge</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #PROCESS_PAUSES}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #STORE_FAILURES}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #CLOCK_STEPS}</td><td>counter</td><td>monitor</td><td>with its monitor</td></tr>
 * <tr><td>{@value #ALERT_LAG}</td><td>timer</td><td>monitor, listener</td><td>from the first alert of its listener
 *     on</td></tr>
 * <tr><td>{@value #LISTENER_FAILURES}</td><td>counter</td><td>monitor, listener</td><td>from the first failure on</td></tr>
 * <tr><td>{@value #LISTENER_LOST}</td><td>gauge</td><td>monitor, listener</td><td>from the first failure on</td></tr>
 * </table>
 */
public final class MeterNames {

    /** Timer: how long runs took, and by its count how many there were. */
    public static final String CHECK_DURATION = "sitemonitor.check.duration";

    /** Gauge: the health state of a check. 0 is unknown, 1 is up, 2 is degraded, 3 is down. */
    public static final String CHECK_STATE = "sitemonitor.check.state";

    /** Gauge: how many checks are in each state. */
    public static final String CHECKS = "sitemonitor.checks";

    /**
     * Gauge: how many checks are paused, in maintenance, flapping, suppressed or stale; a check may be several of these.
     */
    public static final String CHECK_CONDITIONS = "sitemonitor.check.conditions";

    /** Gauge: how many checks do without a protection, because a method was called whose name begins with {@code insecure}. */
    public static final String INSECURE = "sitemonitor.checks.insecure";

    /** Gauge: how many incidents are open. */
    public static final String INCIDENTS = "sitemonitor.incidents";

    /** Counter: how many incidents have been opened. */
    public static final String INCIDENTS_OPENED = "sitemonitor.incidents.opened";

    /**
     * Counter: what became of alerts. {@code delivered}, {@code undelivered} and {@code skipped}, which is what a policy made
     * needless, count alerts; {@code failed} counts attempts, after which it is tried again.
     */
    public static final String ALERTS = "sitemonitor.alerts";

    /** Counter: how many confirmed outages were not told at once, because of a condition of their check. */
    public static final String ALERTS_HELD = "sitemonitor.alerts.held";

    /** Counter: how often the monitor said that it does all of its work. */
    public static final String HEARTBEATS = "sitemonitor.heartbeats";

    /** Counter: how often it was to say so but does not do all of its work. */
    public static final String HEARTBEATS_MISSED = "sitemonitor.heartbeats.missed";

    /**
     * Gauge: how many seconds ago the last heartbeat was, or the start of the monitor if there was none yet. It goes on
     * growing when the heartbeats stay away, so that an alarm on it needs no memory. Read from the clock of the registry.
     */
    public static final String HEARTBEAT_AGE = "sitemonitor.heartbeat.age";

    /** Gauge: whether the monitor seems to be offline itself, so that no failure is believed. 0 is no, 1 is yes. */
    public static final String ISOLATED = "sitemonitor.isolated";

    /** Counter: how often the process did not run for a while. */
    public static final String PROCESS_PAUSES = "sitemonitor.process.pauses";

    /** Counter: how often what is to outlive the process could not be kept, after which it is tried again. */
    public static final String STORE_FAILURES = "sitemonitor.store.failures";

    /** Counter: how often the wall clock jumped. */
    public static final String CLOCK_STEPS = "sitemonitor.clock.steps";

    /** Timer: the time from the decision to the delivery of an alert. */
    public static final String ALERT_LAG = "sitemonitor.alert.lag";

    /** Counter: how many runs went on after they had been ended at their timeout. */
    public static final String RUNS_STUCK = "sitemonitor.runs.stuck";

    /** Counter: how many runs were due but could not start. */
    public static final String TICKS_MISSED = "sitemonitor.ticks.missed";

    /** Counter: how often a monitor listener threw or lost events. */
    public static final String LISTENER_FAILURES = "sitemonitor.listener.failures";

    /** Gauge: how many events a monitor listener has lost so far because it was too slow. */
    public static final String LISTENER_LOST = "sitemonitor.listener.lost";

    /** Tag: the name of the monitor. */
    public static final String MONITOR = "monitor";

    /** Tag: the name of the check, or {@value #OTHER}. */
    public static final String CHECK = "check";

    /** Tag: the kind of the check, such as {@code http}; its own word, or {@code custom}. */
    public static final String KIND = "kind";

    /** Tag: the verdict in lower case, such as {@code pass}. */
    public static final String VERDICT = "verdict";

    /** Tag: the kind of failure in lower case, such as {@code timeout}, or {@value #NONE}. */
    public static final String FAILURE = "failure";

    /** Tag: the health state in lower case, such as {@code up}. */
    public static final String STATE = "state";

    /** Tag: the kind of a condition in lower case, such as {@code maintenance}. */
    public static final String CONDITION = "condition";

    /** Tag: the name of the alert listener or the monitor listener. */
    public static final String LISTENER = "listener";

    /** Tag: what became of an alert: {@code delivered}, {@code failed}, {@code skipped} or {@code undelivered}. */
    public static final String OUTCOME = "outcome";

    /** The value of {@value #FAILURE} of a run that did not fail. */
    public static final String NONE = "none";

    /**
     * The value of {@value #CHECK} that stands for all checks beyond {@link MonitorMetrics#maxChecks}. A check that is
     * itself called so is always counted there.
     */
    public static final String OTHER = "other";

    private MeterNames() {}
}
