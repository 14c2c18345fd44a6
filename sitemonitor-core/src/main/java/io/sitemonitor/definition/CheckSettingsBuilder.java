package io.sitemonitor.definition;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.check.AddressPolicy;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.schedule.MaintenanceWindow;
import io.sitemonitor.schedule.Schedule;
import io.sitemonitor.state.FlapSettings;
import io.sitemonitor.state.Thresholds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a check. Each option is checked when it is set.
 *
 * <p><b>Threads:</b> for one thread.
 */
public final class CheckSettingsBuilder {

    /** The longest timeout: one hour. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private static final int MAX_TEXT = 320;
    private static final int MAX_ENTRIES = 32;

    private Schedule schedule = Schedule.every(CheckSettings.DEFAULT_EVERY);
    private Duration timeout = CheckSettings.DEFAULT_TIMEOUT;
    private @Nullable Duration retryEvery;
    private @Nullable Duration slowest;
    private int downAfter = Thresholds.DEFAULT.downAfter();
    private int upAfter = Thresholds.DEFAULT.upAfter();
    private int degradedAfter = Thresholds.DEFAULT.degradedAfter();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Set<String> contacts = new LinkedHashSet<>();
    private final Set<String> dependsOn = new LinkedHashSet<>();
    private final Set<MaintenanceWindow> maintenance = new LinkedHashSet<>();
    private FlapSettings flapping = FlapSettings.DEFAULT;
    private boolean inverted;
    private AddressPolicy addressPolicy = AddressPolicy.standard();

    /** Begins with the defaults. */
    public CheckSettingsBuilder() {}

    /**
     * Runs the check once an interval; short for {@code schedule(Schedule.every(interval))}.
     *
     * <p>Default 30 seconds, from 100 milliseconds to 366 days.
     *
     * @param interval the time from one run to the next
     * @return this builder
     * @throws IllegalArgumentException if the interval is shorter or longer than allowed
     */
    public CheckSettingsBuilder every(Duration interval) {
        return schedule(Schedule.every(interval));
    }

    /**
     * Runs the check on a schedule: once an interval, or at times of a calendar such as {@code Schedule.cron("0 6 * * *",
     * zone)}. A suspicion is followed up after {@link #retryEvery} in either case. Runs on a calendar are rare already, so
     * they do not slow down while the check is down, whatever {@link #slowDownTo} says.
     *
     * <p>Default once every 30 seconds. Replaces what was said with {@link #every}, and the other way round.
     *
     * @param schedule when runs are due
     * @return this builder
     */
    public CheckSettingsBuilder schedule(Schedule schedule) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        return this;
    }

    /**
     * Ends a run that takes longer; it then counts as failed with {@code TIMEOUT}. May be longer than the interval: the
     * next run then waits for the next line of the grid.
     *
     * <p>Default 10 seconds, from 1 millisecond to 1 hour.
     *
     * @param timeout the longest a run may take
     * @return this builder
     * @throws IllegalArgumentException if the timeout is shorter or longer than allowed
     */
    public CheckSettingsBuilder timeout(Duration timeout) {
        this.timeout = within("timeout", timeout, Duration.ofMillis(1), LONGEST_TIMEOUT);
        return this;
    }

    /**
     * Follows up a suspicion: while some runs speak for another state, but not yet enough of them, the next run comes
     * this long after the end of the one before, or at its usual time if that is sooner.
     *
     * <p>Default 5 seconds, or the interval if that is shorter; from 1 millisecond to 366 days.
     *
     * @param pause the time from the end of one run to the next
     * @return this builder
     * @throws IllegalArgumentException if the pause is shorter or longer than allowed
     */
    public CheckSettingsBuilder retryEvery(Duration pause) {
        this.retryEvery = within("retryEvery", pause, Duration.ofMillis(1), Schedule.LONGEST);
        return this;
    }

    /**
     * Counts the check as down once it has failed {@code runs} times in a row; a run that does not fail starts the count
     * afresh.
     *
     * <p>Default 3, from 1 to 1000.
     *
     * @param runs failed runs in a row: a number of runs, not a time
     * @return this builder
     * @throws IllegalArgumentException if {@code runs} is outside 1 to 1000
     */
    public CheckSettingsBuilder downAfter(int runs) {
        downAfter = new Thresholds(runs, upAfter, degradedAfter).downAfter();
        return this;
    }

    /**
     * Counts the check as up again once {@code runs} runs in a row were good.
     *
     * <p>Default 2, from 1 to 1000. The very first decision needs one passing run only.
     *
     * @param runs good runs in a row: a number of runs, not a time
     * @return this builder
     * @throws IllegalArgumentException if {@code runs} is outside 1 to 1000
     */
    public CheckSettingsBuilder upAfter(int runs) {
        upAfter = new Thresholds(downAfter, runs, degradedAfter).upAfter();
        return this;
    }

    /**
     * Counts the check as degraded after {@code runs} runs that warned or failed without a passing run between them,
     * unless they make it down.
     *
     * <p>Default 3, from 1 to 1000.
     *
     * @param runs runs that warn or fail: a number of runs, not a time
     * @return this builder
     * @throws IllegalArgumentException if {@code runs} is outside 1 to 1000
     */
    public CheckSettingsBuilder degradedAfter(int runs) {
        degradedAfter = new Thresholds(downAfter, upAfter, runs).degradedAfter();
        return this;
    }

    /**
     * Bounds how rarely a target that stays down is probed. The pause doubles from the interval up to this. The first
     * good run restores the usual pace.
     *
     * <p>Default 5 intervals, at most 5 minutes, never less than the interval. The interval itself, or zero, means that
     * the pace does not slow down. Without effect on a check whose {@link #schedule} is a calendar.
     *
     * @param pause the longest time from one run to the next while the check is down
     * @return this builder
     * @throws IllegalArgumentException if the pause is negative or longer than 366 days
     */
    public CheckSettingsBuilder slowDownTo(Duration pause) {
        slowest = within("slowDownTo", pause, Duration.ZERO, Schedule.LONGEST);
        return this;
    }

    /**
     * Adds a label, by which alerts, meters and pages can be sorted. A label of the same name is replaced.
     *
     * @param name the name, such as {@code team}
     * @param value the value, such as {@code web}
     * @return this builder
     * @throws IllegalArgumentException if the name is empty, a text is longer than 320 characters or holds control
     *     characters, or there are more than 32 labels
     */
    public CheckSettingsBuilder label(String name, String value) {
        if (requireText("label", name).isBlank()) {
            throw new IllegalArgumentException("the name of a label must not be empty");
        }
        labels.put(name, requireText("label '" + name + "'", value));
        return requireRoom("labels", labels.size());
    }

    /**
     * Adds somebody whom alerts of this check concern. Listeners take what they can reach: an e-mail listener the
     * addresses with an {@code @}, an SMS listener the numbers that begin with {@code +}.
     *
     * @param contact an e-mail address or a telephone number
     * @return this builder
     * @throws IllegalArgumentException if the contact is empty, longer than 320 characters or holds control characters,
     *     or there are more than 32 contacts
     */
    public CheckSettingsBuilder contact(String contact) {
        if (requireText("contact", contact).isBlank()) {
            throw new IllegalArgumentException("a contact must not be empty");
        }
        contacts.add(contact.strip());
        return requireRoom("contacts", contacts.size());
    }

    /**
     * Names checks that this one cannot work without, such as a gateway. While one of them is down this check is still
     * measured, but its own outage is held and names that cause; it is told if it outlives it. When a run of this check
     * fails, they are run at once, so that the cause is found first. A recovery is never held.
     *
     * <p>Default none. Names add up.
     *
     * @param check the name of a check of the same monitor
     * @param more further names
     * @return this builder
     * @throws IllegalArgumentException if one of them is not a name, or there are more than 32
     */
    public CheckSettingsBuilder dependsOn(String check, String... more) {
        dependsOn.add(Names.require("check to depend on", check));
        for (String name : more) {
            dependsOn.add(Names.require("check to depend on", name));
        }
        return requireRoom("checks to depend on", dependsOn.size());
    }

    /**
     * Plans maintenance: runs go on, alerts are held, and the time counts neither for nor against the uptime. An outage
     * that outlives the window is told at its end; a recovery is never held.
     *
     * <p>Default none. Windows add up.
     *
     * @param window when
     * @return this builder
     * @throws IllegalArgumentException if there are more than 32 windows
     */
    public CheckSettingsBuilder maintenance(MaintenanceWindow window) {
        maintenance.add(Objects.requireNonNull(window, "window"));
        return requireRoom("maintenance windows", maintenance.size());
    }

    /**
     * Counts the check as flapping once its state has changed this often within this time. One alert says so, single
     * outages and recoveries are not told any more, and once no change has come for the same time one alert says how it
     * ended.
     *
     * <p>Default 6 changes within 10 minutes, from 3 to 100 changes within 1 second to 1 day. Zero changes mean that it
     * never counts as flapping.
     *
     * @param changes how many changes of the state
     * @param within the time in which they happen
     * @return this builder
     * @throws IllegalArgumentException if one of them is outside its range
     */
    public CheckSettingsBuilder flapAfter(int changes, Duration within) {
        flapping = new FlapSettings(changes, within);
        return this;
    }

    /**
     * Turns the check around: it is up when its runs fail, for what must not work, such as a port that must be closed. A
     * run that passes or warns fails; one that could not be made, because the check broke or the target may not be
     * contacted, fails as ever.
     *
     * <p>Default: not inverted.
     *
     * @return this builder
     */
    public CheckSettingsBuilder inverted() {
        return inverted(true);
    }

    /**
     * Turns the check around, or not, see {@link #inverted()}.
     *
     * @param inverted whether it is up when its runs fail
     * @return this builder
     */
    public CheckSettingsBuilder inverted(boolean inverted) {
        this.inverted = inverted;
        return this;
    }

    /**
     * Says where runs may connect to, for targets that are not the host application's own choice. What is refused fails
     * with {@code REFUSED_BY_POLICY}, and nothing is sent there.
     *
     * <p>Default {@link AddressPolicy#standard()}: anywhere but link-local and metadata addresses.
     *
     * @param policy where runs may connect to
     * @return this builder
     */
    public CheckSettingsBuilder addressPolicy(AddressPolicy policy) {
        this.addressPolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Begins anew with the given settings.
     *
     * @param settings what to begin with
     * @return this builder
     */
    public CheckSettingsBuilder from(CheckSettings settings) {
        schedule = settings.schedule();
        timeout = settings.timeout();
        retryEvery = settings.retryEvery();
        slowest = settings.schedule() instanceof Schedule.Calendar
                ? null
                : settings.backOff().longest();
        downAfter = settings.thresholds().downAfter();
        upAfter = settings.thresholds().upAfter();
        degradedAfter = settings.thresholds().degradedAfter();
        labels.clear();
        labels.putAll(settings.labels());
        contacts.clear();
        contacts.addAll(settings.contacts());
        dependsOn.clear();
        dependsOn.addAll(settings.dependsOn());
        maintenance.clear();
        maintenance.addAll(settings.maintenance());
        flapping = settings.flapping();
        inverted = settings.inverted();
        addressPolicy = settings.addressPolicy();
        return this;
    }

    /**
     * Makes the settings.
     *
     * @return what has been collected, with the defaults that follow from it
     */
    public CheckSettings build() {
        Duration every = schedule.interval();
        Duration retry = retryEvery == null ? shorter(every, CheckSettings.DEFAULT_RETRY_EVERY) : retryEvery;
        Duration cap = slowest == null ? shorter(every.multipliedBy(5), CheckSettings.DEFAULT_SLOWEST) : slowest;
        boolean keepsPace = schedule instanceof Schedule.Calendar || cap.compareTo(every) < 0;
        BreakerSettings backOff = new BreakerSettings(every, keepsPace ? every : cap);
        Thresholds thresholds = new Thresholds(downAfter, upAfter, degradedAfter);
        return new CheckSettings(
                schedule,
                timeout,
                retry,
                thresholds,
                backOff,
                labels,
                contacts.stream().toList(),
                dependsOn,
                flapping,
                inverted,
                maintenance.stream().toList(),
                addressPolicy);
    }

    private CheckSettingsBuilder requireRoom(String what, int size) {
        if (size > MAX_ENTRIES) {
            throw new IllegalArgumentException("a check can have at most " + MAX_ENTRIES + " " + what);
        }
        return this;
    }

    private static String requireText(String what, String text) {
        Objects.requireNonNull(text, what);
        if (text.length() > MAX_TEXT || !SafeText.isLine(text)) {
            throw new IllegalArgumentException(what + " must have at most " + MAX_TEXT
                    + " characters and no control characters, but was '" + SafeText.line(text, 60) + "'");
        }
        return text;
    }

    private static Duration within(String what, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", but was " + value);
        }
        if (value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be at most " + most + ", but was " + value);
        }
        return value;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
