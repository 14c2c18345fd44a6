package io.sitemonitor.alert;

import io.sitemonitor.check.SafeText;
import io.sitemonitor.definition.Names;
import io.sitemonitor.schedule.MaintenanceWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of an {@link AlertPolicy}. Each is checked when it is set.
 *
 * <p><b>Threads:</b> for one thread.
 */
public final class AlertPolicyBuilder {

    private static final int MOST_NAMES = 100;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    @Nullable
    String name;

    Set<AlertKind> kinds = EnumSet.of(AlertKind.DOWN, AlertKind.FLAPPING, AlertKind.ISOLATED);
    Severity atLeast = Severity.INFO;
    List<NamePattern> checks = List.of();
    Map<String, Set<String>> labels = Map.of();

    @Nullable
    Predicate<Alert> filter;

    boolean standby;
    Duration after = Duration.ZERO;

    @Nullable
    Duration remindEvery;

    List<MaintenanceWindow> hours = List.of();

    @Nullable
    Integer perDay;

    ZoneId zone = ZoneOffset.UTC;

    @Nullable
    String spillOver;

    @Nullable
    Integer digestAbove;

    Duration digestWithin = Duration.ofSeconds(30);

    @Nullable
    String groupBy;

    Duration timeout = Duration.ofSeconds(10);
    Duration firstRetry = Duration.ofSeconds(1);
    Duration longestRetry = Duration.ofSeconds(30);
    Duration expireAfter = Duration.ofHours(24);
    int capacity = 10_000;

    AlertPolicyBuilder() {}

    /**
     * Names the listener, for logs, meters, dead letters and commands, and for what is kept of it across restarts.
     *
     * <p>Default: the simple name of its class, or {@code listener}, with a number if that is taken.
     *
     * @param name the name, unique among the alert listeners of a monitor
     * @return this builder
     * @throws IllegalArgumentException if it is not a name, see {@link Names}
     */
    public AlertPolicyBuilder named(String name) {
        this.name = Names.require("listener", name);
        return this;
    }

    /**
     * Selects kinds of alerts. An alert that closes something goes to whoever was told of the opening, so only kinds
     * that open something are selected.
     *
     * <p>Default {@link AlertKind#DOWN}, {@link AlertKind#FLAPPING} and {@link AlertKind#ISOLATED}.
     *
     * @param first a kind
     * @param more further kinds
     * @return this builder
     * @throws IllegalArgumentException if one of them opens nothing, or is {@link AlertKind#DIGEST}, which {@link #digest}
     *     makes
     */
    public AlertPolicyBuilder kinds(AlertKind first, AlertKind... more) {
        Set<AlertKind> selected = EnumSet.of(first, more);
        for (AlertKind kind : selected) {
            if (!kind.isOpening() || kind == AlertKind.DIGEST) {
                throw new IllegalArgumentException("kinds takes DOWN, DEGRADED, FLAPPING and ISOLATED, but was " + kind
                        + "; it follows by itself");
            }
        }
        kinds = selected;
        return this;
    }

    /**
     * Selects what matters enough.
     *
     * <p>Default {@link Severity#INFO}: all.
     *
     * @param severity the least that is wanted
     * @return this builder
     */
    public AlertPolicyBuilder atLeast(Severity severity) {
        atLeast = Objects.requireNonNull(severity, "severity");
        return this;
    }

    /**
     * Selects checks by their names. Alerts about the monitor itself are not affected.
     *
     * <p>Default: all.
     *
     * @param first a name, or several by {@code *} in place of any number of characters, such as {@code shop-*}
     * @param more further ones
     * @return this builder
     * @throws IllegalArgumentException if one of them is not a name, or there are more than 100
     */
    public AlertPolicyBuilder checks(String first, String... more) {
        List<NamePattern> patterns = new ArrayList<>();
        for (String pattern : bounded("checks", first, more)) {
            patterns.add(NamePattern.of(Names.require("check", pattern)));
        }
        checks = List.copyOf(patterns);
        return this;
    }

    /**
     * Selects checks that have a label with one of some values. Several labels must all fit. Alerts about the monitor
     * itself are not affected.
     *
     * <p>Default: all.
     *
     * @param name the name of the label
     * @param value a value
     * @param more further values
     * @return this builder
     * @throws IllegalArgumentException if the name is empty, or there are more than 100 labels or values
     */
    public AlertPolicyBuilder label(String name, String value, String... more) {
        Map<String, Set<String>> all = new LinkedHashMap<>(labels);
        all.put(requireLabel(name), Set.copyOf(bounded("values of label '" + name + "'", value, more)));
        if (all.size() > MOST_NAMES) {
            throw new IllegalArgumentException("label must be given at most " + MOST_NAMES + " times");
        }
        labels = all;
        return this;
    }

    /**
     * Selects alerts. Asked for alerts that open something; what closes follows by itself. A filter that throws
     * selects, so that its error hides no outage.
     *
     * <p>Default: all.
     *
     * @param filter tells whether an alert is wanted; called on the listener's own thread, within its timeout
     * @return this builder
     */
    public AlertPolicyBuilder when(Predicate<Alert> filter) {
        this.filter = Objects.requireNonNull(filter, "filter");
        return this;
    }

    /**
     * Escalates: the listener is told only of what still lasts after this time and has been acknowledged by nobody. With
     * several listeners this is a chain: one is told at once, another after a quarter of an hour, a third after half an
     * hour.
     *
     * <p>Default zero: at once. At most 30 days.
     *
     * @param time how long something must last after it was decided
     * @return this builder
     * @throws IllegalArgumentException if it is negative or longer than allowed
     */
    public AlertPolicyBuilder after(Duration time) {
        after = within("after", time, Duration.ZERO, Duration.ofDays(30));
        return this;
    }

    /**
     * Tells again what lasts: an alert of kind {@link AlertKind#REMINDER}, each time this much later, until it is over or
     * acknowledged. Reminders that cannot be sent now, since the listener is muted, outside of its hours or out of its
     * budget, or still has the one before, are left out.
     *
     * <p>Default: never. From 1 second to 366 days.
     *
     * @param interval how often, counted from the alert that opened it
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AlertPolicyBuilder remindEvery(Duration interval) {
        remindEvery = within("remindEvery", interval, Duration.ofSeconds(1), Duration.ofDays(366));
        return this;
    }

    /**
     * Tells the listener only within certain hours. What happens outside of them is told when they begin, if it still lasts
     * then. Given several times, each adds hours.
     *
     * <p>Default: always.
     *
     * @param from the time of day at which they begin
     * @param to the time of day at which they end; on the next day if it is before {@code from}
     * @param zone whose clock is followed
     * @param days on which they begin; none means every day
     * @return this builder
     * @throws IllegalArgumentException if {@code from} and {@code to} are the same
     */
    public AlertPolicyBuilder workingHours(LocalTime from, LocalTime to, ZoneId zone, DayOfWeek... days) {
        if (days.length == 0) {
            return workingHours(MaintenanceWindow.daily(from, to, zone));
        }
        DayOfWeek[] others = new DayOfWeek[days.length - 1];
        System.arraycopy(days, 1, others, 0, others.length);
        return workingHours(MaintenanceWindow.weekly(from, to, zone, days[0], others));
    }

    /**
     * Tells the listener only within certain hours, given by a window of any kind; see {@link
     * #workingHours(LocalTime, LocalTime, ZoneId, DayOfWeek...)}.
     *
     * @param window when the listener may be told
     * @return this builder
     * @throws IllegalArgumentException if there are more than 100
     */
    public AlertPolicyBuilder workingHours(MaintenanceWindow window) {
        List<MaintenanceWindow> all = new ArrayList<>(hours);
        all.add(Objects.requireNonNull(window, "window"));
        if (all.size() > MOST_NAMES) {
            throw new IllegalArgumentException("workingHours must be given at most " + MOST_NAMES + " times");
        }
        hours = all;
        return this;
    }

    /**
     * Bounds how much the listener gets in a day of UTC; see {@link #budget(int, ZoneId)}.
     *
     * @param perDay how many alerts a day
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AlertPolicyBuilder budget(int perDay) {
        return budget(perDay, ZoneOffset.UTC);
    }

    /**
     * Bounds how much the listener gets in a day, such as text messages that cost money. Everything that is delivered
     * counts. For whatever was told, the end is told in any case: so something is told only if there is room for its end
     * too, and reminders only beside the ends that are to be expected. What has no room goes to the listener
     * named by {@link #spillOver}, or else waits for the next day and is told then if it still lasts. Digests are told in any
     * case, and count.
     *
     * <p>Default: no limit. From 2 to 1,000,000.
     *
     * @param perDay how many alerts a day
     * @param zone whose days
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AlertPolicyBuilder budget(int perDay, ZoneId zone) {
        if (perDay < 2 || perDay > 1_000_000) {
            throw new IllegalArgumentException(
                    "budget must be from 2, since an outage is an alert and its end another, to 1000000, but was "
                            + perDay);
        }
        this.zone = Objects.requireNonNull(zone, "zone");
        this.perDay = perDay;
        return this;
    }

    /**
     * Names the listener that gets what the budget has no room for; its own policy says when. If it was told of it
     * already, it is not told twice.
     *
     * <p>Default: none. Needs a {@link #budget}.
     *
     * @param listener the name of another alert listener of the same monitor
     * @return this builder
     * @throws IllegalArgumentException if it is not a name
     */
    public AlertPolicyBuilder spillOver(String listener) {
        spillOver = Names.require("listener", listener);
        return this;
    }

    /**
     * Gives the listener nothing by itself: only what others {@linkplain #spillOver spill over} to it.
     *
     * @return this builder
     */
    public AlertPolicyBuilder standby() {
        standby = true;
        return this;
    }

    /**
     * Makes one message of many: the first alerts go out one by one and at once; when more than that come within a time,
     * what follows is collected for as long, and told in one alert of kind {@link AlertKind#DIGEST} that names the checks
     * and what they have in common. Their ends are collected and told in the same way, and when all are over,
     * that is told as {@link AlertKind#DIGEST_ENDED}. Alerts that concern different contacts are never told together.
     *
     * <p>Default: each goes out by itself. From 1 to 1,000 alerts, and from 1 second to 1 hour.
     *
     * @param moreThan how many go out one by one
     * @param within in which time, and for how long what follows is collected
     * @return this builder
     * @throws IllegalArgumentException if one of them is less or more than allowed
     */
    public AlertPolicyBuilder digest(int moreThan, Duration within) {
        if (moreThan < 1 || moreThan > 1_000) {
            throw new IllegalArgumentException("digest must be of more than 1 to 1000 alerts, but was " + moreThan);
        }
        digestAbove = moreThan;
        digestWithin = within("the time of digest", within, Duration.ofSeconds(1), Duration.ofHours(1));
        return this;
    }

    /**
     * Keeps digests apart by the value of a label, such as {@code team}.
     *
     * <p>Default: only by contacts. Needs a {@link #digest}.
     *
     * @param label the name of the label
     * @return this builder
     * @throws IllegalArgumentException if it is empty
     */
    public AlertPolicyBuilder groupBy(String label) {
        groupBy = requireLabel(label);
        return this;
    }

    /**
     * Ends an attempt that takes longer.
     *
     * <p>Default 10 seconds, from 1 millisecond to 1 hour.
     *
     * @param timeout the longest time of one attempt
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AlertPolicyBuilder timeout(Duration timeout) {
        this.timeout = within("timeout", timeout, SHORTEST, Duration.ofHours(1));
        return this;
    }

    /**
     * Sets the pauses between attempts: the first, doubled after each further failure up to the longest, each varied
     * by up to a fifth.
     *
     * <p>Default 1 second and 30 seconds, from 1 millisecond to 1 day.
     *
     * @param first the pause after the first failure
     * @param longest the longest pause
     * @return this builder
     * @throws IllegalArgumentException if one is shorter or longer than allowed, or the first is longer than the
     *     longest
     */
    public AlertPolicyBuilder retry(Duration first, Duration longest) {
        within("the first retry", first, SHORTEST, Duration.ofDays(1));
        within("the longest retry", longest, SHORTEST, Duration.ofDays(1));
        if (first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the first retry must not be later than the longest, " + longest + ", but was " + first);
        }
        firstRetry = first;
        longestRetry = longest;
        return this;
    }

    /**
     * Gives an alert up after this time: it goes to the dead letters. The time in which the listener may not be told, since it
     * is muted or outside of its hours, does not count.
     *
     * <p>Default 24 hours, from 1 millisecond to 366 days.
     *
     * @param time how long delivery is tried
     * @return this builder
     * @throws IllegalArgumentException if it is shorter or longer than allowed
     */
    public AlertPolicyBuilder expireAfter(Duration time) {
        expireAfter = within("expireAfter", time, SHORTEST, Duration.ofDays(366));
        return this;
    }

    /**
     * Bounds how many alerts may wait. What comes beyond goes to the dead letters, is counted and logged.
     *
     * <p>Default 10,000, from 1 to 1,000,000.
     *
     * @param alerts how many alerts may wait
     * @return this builder
     * @throws IllegalArgumentException if it is less or more than allowed
     */
    public AlertPolicyBuilder capacity(int alerts) {
        if (alerts < 1 || alerts > 1_000_000) {
            throw new IllegalArgumentException("capacity must be from 1 to 1000000, but was " + alerts);
        }
        capacity = alerts;
        return this;
    }

    /**
     * Makes the policy.
     *
     * @return what has been collected
     * @throws IllegalStateException if an option is set that needs another one
     */
    public AlertPolicy build() {
        if (spillOver != null && perDay == null) {
            throw new IllegalStateException(
                    who() + " has a spillOver, to '" + spillOver + "', but no budget to exceed");
        }
        if (groupBy != null && digestAbove == null) {
            throw new IllegalStateException(who() + " has a groupBy, '" + groupBy + "', but no digest to group");
        }
        return new AlertPolicy(this);
    }

    private String who() {
        return name == null ? "an alert listener" : "alert listener '" + name + "'";
    }

    private static List<String> bounded(String what, String first, String... more) {
        Set<String> all = new LinkedHashSet<>();
        all.add(Objects.requireNonNull(first, what));
        for (String one : more) {
            all.add(Objects.requireNonNull(one, what));
        }
        if (all.size() > MOST_NAMES) {
            throw new IllegalArgumentException(what + " must be at most " + MOST_NAMES + ", but were " + all.size());
        }
        return List.copyOf(all);
    }

    private static String requireLabel(String name) {
        if (Objects.requireNonNull(name, "label").isBlank()) {
            throw new IllegalArgumentException(
                    "the name of a label must not be empty, but was '" + SafeText.line(name, 40) + "'");
        }
        return name;
    }

    private static Duration within(String what, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", but was " + value);
        }
        return value;
    }
}
