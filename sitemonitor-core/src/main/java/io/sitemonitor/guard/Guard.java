package io.sitemonitor.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.sitemonitor.check.PassiveResults;
import io.sitemonitor.definition.Names;
import io.sitemonitor.event.MonitorClosed;
import io.sitemonitor.event.MonitorEvent;
import io.sitemonitor.event.MonitorListener;
import io.sitemonitor.event.RunCompleted;
import io.sitemonitor.event.StateChanged;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins a check with the breaker that the host's own calls to the same target use. When the check is down, the breaker
 * opens; when it is up again, the breaker closes; and what the calls meet counts as runs of the check, so that a target
 * that is called all the time is not probed at all.
 *
 * <pre>{@code
 * CircuitBreaker payments = CircuitBreaker.ofDefaults("payments");
 * Guard guard = Guard.of("payments-api", payments);
 * Monitor monitor = Monitor.named("shop").check("payments-api", HttpCheck.get(url)).listener(guard).start();
 * guard.feed(monitor::report);
 * Receipt receipt = guard.call(() -> client.pay(order));
 * }</pre>
 *
 * <p>The breaker stays the host's. While it is in a state that only a host sets ({@code FORCED_OPEN}, {@code DISABLED},
 * {@code METRICS_ONLY}), it is not touched. It is never held open either: while the check is down, calls may be made on
 * trial whenever the breaker's own settings allow, and once the check is paused, removed, or of unknown state, or the
 * monitor is closed, the breaker is left to itself.
 *
 * <p>To be used with one monitor at a time.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Calls are made, and results fed, on the thread of the caller,
 * without a lock. The breaker is moved on the thread of this listener, where it calls the host's consumers of its events.
 */
public final class Guard implements MonitorListener {

    /** One call a second counts. */
    public static final Duration DEFAULT_SAMPLE_EVERY = Duration.ofSeconds(1);

    private static final Duration SHORTEST_SAMPLE = Duration.ofMillis(1);
    private static final Duration LONGEST_SAMPLE = Duration.ofHours(1);

    /**
     * Something that calls the target and returns what it got.
     *
     * @param <T> what is returned
     * @param <E> what may be thrown; a lambda that throws nothing checked makes it a {@link RuntimeException}
     */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object, E extends Exception> {

        /**
         * Calls the target.
         *
         * @return what it got
         * @throws E if it failed
         */
        T call() throws E;
    }

    /**
     * Something that calls the target and returns nothing.
     *
     * @param <E> what may be thrown; a lambda that throws nothing checked makes it a {@link RuntimeException}
     */
    @FunctionalInterface
    public interface Action<E extends Exception> {

        /**
         * Calls the target.
         *
         * @throws E if it failed
         */
        void run() throws E;
    }

    private final String check;
    private final CircuitBreaker breaker;
    private final TimeSource time;
    private final Feed feed;
    private final Steering steering;

    Guard(String check, CircuitBreaker breaker, Duration sampleEvery, TimeSource time) {
        this.check = Names.require("check", check);
        this.breaker = Objects.requireNonNull(breaker, "breaker");
        this.time = time;
        this.feed = new Feed(check, breaker, new Slots(time, sampleEvery));
        this.steering = new Steering(breaker, feed);
    }

    /**
     * Joins a check with a breaker. It takes effect as a listener of the monitor, and with {@link #feed}.
     *
     * @param check the name of the check, which may be added to the monitor later
     * @param breaker the breaker, which stays the caller's
     * @return a guard that counts one call a second
     * @throws IllegalArgumentException if {@code check} is not a name
     */
    public static Guard of(String check, CircuitBreaker breaker) {
        return new Guard(check, breaker, DEFAULT_SAMPLE_EVERY, TimeSource.system());
    }

    /**
     * Sets how often a call counts as a run: the first one that ends after this time has passed since the last that
     * counted, whether it succeeded or failed. So {@code downAfter} keeps its meaning however busy the target is: it takes
     * at least {@code downAfter - 1} times this long to make DOWN of failed calls alone.
     *
     * <p>Default 1 second, from 1 millisecond to 1 hour. Where it is longer than the interval of the check, the check
     * is probed in between.
     *
     * @param time the least time from one call that counts to the next
     * @return a copy with this setting, to be used instead of this one
     * @throws IllegalArgumentException if the time is shorter or longer than allowed
     */
    public Guard sampleEvery(Duration time) {
        Objects.requireNonNull(time, "time");
        if (time.compareTo(SHORTEST_SAMPLE) < 0 || time.compareTo(LONGEST_SAMPLE) > 0) {
            throw new IllegalArgumentException("sampleEvery must be from " + SHORTEST_SAMPLE + " to " + LONGEST_SAMPLE
                    + ", but was " + time + " (check '" + check + "')");
        }
        return new Guard(check, breaker, time, this.time);
    }

    /**
     * Lets the calls that go through the breaker count as runs of the check from now on, until the monitor is closed:
     * those made with this guard and those that the host makes with the breaker in any other way. Called again, it feeds
     * another taker instead.
     *
     * @param results who takes the results: {@code monitor::report}
     */
    public void feed(PassiveResults results) {
        feed.into(Objects.requireNonNull(results, "results"));
    }

    /**
     * Makes a call if the breaker permits it, and tells the breaker the outcome. What the call throws is a failure,
     * unless it was interrupted or cancelled, was refused by a breaker of its own, or is an {@link Error}: then nothing
     * was learned about the target. The settings of the breaker may ignore more.
     *
     * @param call what to do; a {@code Callable} is given as {@code callable::call}
     * @param <T> what is returned
     * @param <E> what the call may throw
     * @return what the call returns
     * @throws CallNotPermittedException if the breaker does not permit it
     * @throws E whatever the call throws, unchanged
     */
    public <T extends @Nullable Object, E extends Exception> T call(Call<T, E> call) throws E {
        Objects.requireNonNull(call, "call");
        Attempt attempt = Attempt.begin(breaker);
        T result;
        try {
            result = call.call();
        } catch (Throwable e) {
            attempt.threw(e);
            throw e;
        }
        attempt.returned(result);
        return result;
    }

    /**
     * Makes a call that returns nothing. Otherwise like {@link #call}.
     *
     * @param action what to do
     * @param <E> what the call may throw
     * @throws CallNotPermittedException if the breaker does not permit it
     * @throws E whatever the call throws, unchanged
     */
    public <E extends Exception> void run(Action<E> action) throws E {
        Objects.requireNonNull(action, "action");
        Attempt attempt = Attempt.begin(breaker);
        try {
            action.run();
        } catch (Throwable e) {
            attempt.threw(e);
            throw e;
        }
        attempt.succeeded();
    }

    /**
     * Returns the name of the check.
     *
     * @return the check's name
     */
    public String check() {
        return check;
    }

    /**
     * Returns the host's breaker.
     *
     * @return the breaker, always the same object
     */
    public CircuitBreaker breaker() {
        return breaker;
    }

    TimeSource time() {
        return time;
    }

    @Override
    public boolean wants(Class<? extends MonitorEvent> type) {
        return type == StateChanged.class || type == RunCompleted.class || type == MonitorClosed.class;
    }

    /** Moves the breaker. Called by the monitor. */
    @Override
    public void onEvent(MonitorEvent event) {
        if (event instanceof RunCompleted run && run.check().equals(check)) {
            steering.ran(run);
        } else if (event instanceof StateChanged change && change.check().equals(check)) {
            steering.changed(change);
        } else if (event instanceof MonitorClosed) {
            feed.stop();
        }
    }

    @Override
    public String toString() {
        return "Guard[" + check + ", breaker " + breaker.getName() + "]";
    }
}
