package io.sitemonitor.alert;

import io.sitemonitor.definition.Names;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts a listener gets, and how hard it is tried to deliver them.
 *
 * <pre>{@code
 * .alert(listener, p -> p.named("night shift").kinds(AlertKind.DOWN).expireAfter(ofHours(2)))
 * }</pre>
 */
public final class AlertPolicy {

    /** How the alerts of a listener are selected and delivered unless said otherwise. */
    public static final AlertPolicy DEFAULT = new Builder().build();

    private final @Nullable String name;
    private final Set<AlertKind> kinds;
    private final Predicate<Alert> filter;
    private final Duration timeout;
    private final Duration firstRetry;
    private final Duration longestRetry;
    private final Duration expireAfter;
    private final int capacity;

    private AlertPolicy(Builder builder) {
        name = builder.name;
        kinds = Collections.unmodifiableSet(EnumSet.copyOf(builder.kinds));
        filter = builder.filter;
        timeout = builder.timeout;
        firstRetry = builder.firstRetry;
        longestRetry = builder.longestRetry;
        expireAfter = builder.expireAfter;
        capacity = builder.capacity;
    }

    /**
     * Begins with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
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
     * Returns the filter that an alert must pass.
     *
     * @return the filter; asked by one thread at a time
     */
    public Predicate<Alert> filter() {
        return filter;
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

    /**
     * Collects the options of a policy. Each is checked when it is set.
     *
     * <p><b>Threads:</b> for one thread.
     */
    public static final class Builder {

        private @Nullable String name;
        private Set<AlertKind> kinds = EnumSet.of(AlertKind.DOWN, AlertKind.FLAPPING, AlertKind.ISOLATED);
        private Predicate<Alert> filter = alert -> true;
        private Duration timeout = Duration.ofSeconds(10);
        private Duration firstRetry = Duration.ofSeconds(1);
        private Duration longestRetry = Duration.ofSeconds(30);
        private Duration expireAfter = Duration.ofHours(24);
        private int capacity = 10_000;

        private Builder() {}

        /**
         * Names the listener, for logs, meters and dead letters.
         *
         * <p>Default: the simple name of its class, or {@code listener}, with a number if that is taken.
         *
         * @param name the name, unique among the alert listeners of a monitor
         * @return this builder
         * @throws IllegalArgumentException if it is not a name, see {@link Names}
         */
        public Builder named(String name) {
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
         * @throws IllegalArgumentException if one of them opens nothing, or is {@link AlertKind#DIGEST}, which other options make
         */
        public Builder kinds(AlertKind first, AlertKind... more) {
            Set<AlertKind> selected = EnumSet.of(first, more);
            for (AlertKind kind : selected) {
                if (!kind.isOpening() || kind == AlertKind.DIGEST) {
                    throw new IllegalArgumentException("kinds takes DOWN, DEGRADED, FLAPPING and ISOLATED, but was "
                            + kind + "; it follows by itself");
                }
            }
            kinds = selected;
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
        public Builder when(Predicate<Alert> filter) {
            this.filter = Objects.requireNonNull(filter, "filter");
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
        public Builder timeout(Duration timeout) {
            this.timeout = within("timeout", timeout, Duration.ofHours(1));
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
        public Builder retry(Duration first, Duration longest) {
            within("the first retry", first, Duration.ofDays(1));
            within("the longest retry", longest, Duration.ofDays(1));
            if (first.compareTo(longest) > 0) {
                throw new IllegalArgumentException(
                        "the first retry must not be later than the longest, " + longest + ", but was " + first);
            }
            firstRetry = first;
            longestRetry = longest;
            return this;
        }

        /**
         * Gives an alert up after this time: it goes to the dead letters.
         *
         * <p>Default 24 hours, from 1 millisecond to 366 days.
         *
         * @param time how long delivery is tried
         * @return this builder
         * @throws IllegalArgumentException if it is shorter or longer than allowed
         */
        public Builder expireAfter(Duration time) {
            expireAfter = within("expireAfter", time, Duration.ofDays(366));
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
        public Builder capacity(int alerts) {
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
         */
        public AlertPolicy build() {
            return new AlertPolicy(this);
        }

        private static Duration within(String what, Duration value, Duration most) {
            Objects.requireNonNull(value, what);
            if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(what + " must be from PT0.001S to " + most + ", but was " + value);
            }
            return value;
        }
    }
}
