package io.sitemonitor.alert;

import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a listener gets, when, and how hard it is tried to deliver them. Made by an {@link AlertPolicyBuilder}:
 *
 * <pre>{@code
 * .alert(listener, p -> p.named("night shift").kinds(AlertKind.DOWN).remindEvery(ofHours(1)))
 * }</pre>
 *
 * <p><b>Recovery guarantee:</b> whatever is said here about when and how much, the alert that closes something goes to
 * every listener that was told of the opening, at once. An outage that is over before a listener could be told of it, since it
 * was muted, escalated to later, or outside of its hours, is not told to it at all.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class AlertPolicy {

    /** How the alerts of a listener are selected and delivered unless said otherwise. */
    public static final AlertPolicy DEFAULT = new AlertPolicyBuilder().build();

    /**
     * How much a listener may get in a day.
     *
     * @param perDay how many alerts; what closes counts, and always goes out
     * @param zone whose days
     * @param spillOver the name of the listener that gets what is more; null if that waits for the next day
     */
    public record Budget(int perDay, ZoneId zone, @Nullable String spillOver) {

        /** Creates a budget. */
        public Budget {
            Objects.requireNonNull(zone, "zone");
        }
    }

    /**
     * When many alerts become one.
     *
     * @param moreThan how many go out one by one before
     * @param within in which time
     * @param groupBy the label whose values are kept apart; null if there is none
     */
    public record Digest(
            int moreThan, Duration within, @Nullable String groupBy) {

        /** Creates the settings of digests. */
        public Digest {
            Objects.requireNonNull(within, "within");
        }
    }

    private final @Nullable String name;
    private final Severity atLeast;
    private final List<NamePattern> checks;
    private final Map<String, Set<String>> labels;
    private final @Nullable Predicate<Alert> filter;
    private final boolean standby;
    private final Duration after;
    private final @Nullable Duration remindEvery;
    private final @Nullable Budget budget;
    private final @Nullable Digest digest;
    private final Duration timeout;
    private final Duration firstRetry;
    private final Duration longestRetry;
    private final Duration expireAfter;
    private final int capacity;
    private final Set<AlertKind> kinds;
    private final List<MaintenanceWindow> hours;

    AlertPolicy(AlertPolicyBuilder options) {
        name = options.name;
        atLeast = options.atLeast;
        checks = options.checks;
        labels = options.labels;
        filter = options.filter;
        standby = options.standby;
        after = options.after;
        remindEvery = options.remindEvery;
        timeout = options.timeout;
        firstRetry = options.firstRetry;
        longestRetry = options.longestRetry;
        expireAfter = options.expireAfter;
        capacity = options.capacity;
        Integer perDay = options.perDay;
        budget = perDay == null ? null : new Budget(perDay, options.zone, options.spillOver);
        Integer above = options.digestAbove;
        digest = above == null ? null : new Digest(above, options.digestWithin, options.groupBy);
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(options.kinds));
        hours = List.copyOf(options.hours);
    }

    /**
     * Begins with the defaults.
     *
     * @return a new builder
     */
    public static AlertPolicyBuilder builder() {
        return new AlertPolicyBuilder();
    }

    /**
     * Returns the name of the listener.
     *
     * @return the name; null if the monitor is to make one
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * Returns the kinds of alerts that open something and are wanted. What closes follows what opened.
     *
     * @return the kinds, unmodifiable
     */
    public Set<AlertKind> kinds() {
        return kinds;
    }

    /**
     * Tells whether an alert that opens something is wanted by its kind, its severity, its check and its labels. The
     * {@linkplain #filter() filter} is not asked.
     *
     * @param alert the alert
     * @return null if it is; otherwise why it is not, in a few words
     */
    public @Nullable String refusal(Alert alert) {
        if (standby) {
            return "it gets only what other listeners have no budget for";
        }
        if (!kinds.contains(alert.kind())) {
            return "it gets " + kinds + " only";
        }
        if (!alert.severity().isAtLeast(atLeast)) {
            return "it gets what is at least " + atLeast + " only";
        }
        boolean ofCheck = alert.kind() != AlertKind.ISOLATED;
        if (ofCheck && !checks.isEmpty() && checks.stream().noneMatch(each -> each.fits(alert.check()))) {
            return "it gets alerts of " + checks + " only";
        }
        for (Map.Entry<String, Set<String>> label : labels.entrySet()) {
            String value = alert.labels().get(label.getKey());
            if (ofCheck && (value == null || !label.getValue().contains(value))) {
                return "it gets what has the label " + label.getKey() + " of " + label.getValue() + " only";
            }
        }
        return null;
    }

    /**
     * Returns the filter that an alert must pass.
     *
     * @return the filter, asked by one thread at a time; null if there is none
     */
    public @Nullable Predicate<Alert> filter() {
        return filter;
    }

    /**
     * Tells whether the listener gets only what others spill over.
     *
     * @return whether it is a standby
     */
    public boolean isStandby() {
        return standby;
    }

    /**
     * Returns how long something must last and be acknowledged by nobody before the listener is told.
     *
     * @return the time; zero if it is told at once
     */
    public Duration after() {
        return after;
    }

    /**
     * Returns how often it is told again what lasts.
     *
     * @return the interval; null if it is not
     */
    public @Nullable Duration remindEvery() {
        return remindEvery;
    }

    /**
     * Returns the next moment within the hours of the listener.
     *
     * @param moment any moment
     * @return {@code moment} if it is within them, or there are none; null if there is no such moment any more
     */
    public @Nullable Instant nextOpen(Instant moment) {
        if (hours.isEmpty()) {
            return moment;
        }
        Instant next = null;
        for (MaintenanceWindow window : hours) {
            if (window.at(moment) != null) {
                return moment;
            }
            Instant change = window.nextChange(moment);
            if (change != null && (next == null || change.isBefore(next))) {
                next = change;
            }
        }
        return next;
    }

    /**
     * Returns how much the listener may get in a day.
     *
     * @return the budget; null if there is no limit
     */
    public @Nullable Budget budget() {
        return budget;
    }

    /**
     * Returns when many alerts become one.
     *
     * @return the settings; null if each goes out by itself
     */
    public @Nullable Digest digest() {
        return digest;
    }

    /**
     * Returns how long one attempt may take.
     *
     * @return the timeout
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns the pause after the first failed attempt.
     *
     * @return the first pause
     */
    public Duration firstRetry() {
        return firstRetry;
    }

    /**
     * Returns the longest pause between two attempts.
     *
     * @return the longest pause
     */
    public Duration longestRetry() {
        return longestRetry;
    }

    /**
     * Returns how long delivery is tried.
     *
     * @return the time after which an alert is given up
     */
    public Duration expireAfter() {
        return expireAfter;
    }

    /**
     * Returns how many alerts may wait for the listener.
     *
     * @return the capacity
     */
    public int capacity() {
        return capacity;
    }
}
