package io.sitemonitor.definition;

import io.sitemonitor.breaker.BreakerSettings;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.schedule.Schedule;
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

    /** Begins with the defaults. */
    public CheckSettingsBuilder() {}

    /**
     * Runs the check once an interval.
     *
     * <p>Default 30 seconds, from 100 milliseconds to 366 days.
     *
     * @param interval the time from one run to the next
     * @return this builder
     * @throws IllegalArgumentException if the interval is shorter or longer than allowed
     */
    public CheckSettingsBuilder every(Duration interval) {
        schedule = Schedule.every(interval);
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
     * the pace does not slow down.
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
     * Begins anew with the given settings.
     *
     * @param settings what to begin with
     * @return this builder
     */
    public CheckSettingsBuilder from(CheckSettings settings) {
        schedule = settings.schedule();
        timeout = settings.timeout();
        retryEvery = settings.retryEvery();
        slowest = settings.backOff().longest();
        downAfter = settings.thresholds().downAfter();
        upAfter = settings.thresholds().upAfter();
        degradedAfter = settings.thresholds().degradedAfter();
        labels.clear();
        labels.putAll(settings.labels());
        contacts.clear();
        contacts.addAll(settings.contacts());
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
        BreakerSettings backOff = new BreakerSettings(every, cap.compareTo(every) < 0 ? every : cap);
        Thresholds thresholds = new Thresholds(downAfter, upAfter, degradedAfter);
        return new CheckSettings(
                schedule,
                timeout,
                retry,
                thresholds,
                backOff,
                labels,
                contacts.stream().toList());
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
