package io.sitemonitor.check.heartbeat;

import io.sitemonitor.check.Check;
import io.sitemonitor.check.CheckContext;
import io.sitemonitor.check.CheckResult;
import io.sitemonitor.check.SafeText;
import io.sitemonitor.check.internal.Wording;
import io.sitemonitor.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes if a job of the host gives its signs of life in time: a dead man's switch. The job calls {@link #beat()} whenever
 * it has done its work; the runs of the check only look at when that was.
 *
 * <pre>{@code
 * HeartbeatCheck invoices = HeartbeatCheck.every(ofHours(1)).grace(ofMinutes(10)).maxRunTime(ofMinutes(30));
 * monitor.check("invoices", invoices, c -> c.every(ofMinutes(1)));
 * …
 * invoices.start();
 * try {
 *     sendInvoices();
 *     invoices.beat();
 * } catch (IOException e) {
 *     invoices.fail(e.getMessage());
 * }
 * }</pre>
 *
 * <p>The first of these that holds is what a run of the check finds:
 *
 * <ol>
 *   <li>{@code ASSERTION} after {@link #fail}, until the next beat;
 *   <li>{@code MISSED_HEARTBEAT} if a run of the job is under way for longer than {@link #maxRunTime};
 *   <li>{@code MISSED_HEARTBEAT} if no beat has come in time. A run of the job that is under way may bring it later, within
 *       {@link #maxRunTime}. That counts from the first {@link #start()} since the last beat, so a job that dies and
 *       begins again, over and over, is missed all the same;
 *   <li>INCONCLUSIVE as long as no beat has come at all: what was before the first run of this check is not known, so the
 *       time for the first beat counts from there;
 *   <li>{@code ASSERTION} if the last run of the job was shorter than {@link #minRunTime}, WARN if it was longer than
 *       {@link #maxRunTime};
 *   <li>PASS.
 * </ol>
 *
 * <p><b>Failure:</b> {@code MISSED_HEARTBEAT} (no beat in time, or a run of the job that goes on for too long), {@code
 * ASSERTION} (the job said that it failed, or its last run was too short), {@code CHECK_ERROR} (the {@link ExpectedTimes}
 * throw, or give a time after the one that they were asked for). <b>Evidence:</b> the phase {@code run} (how long the last
 * run of the job took, if it said when it began); the facts {@code beat} (when the last beat came) and {@code started}
 * (when the run of the job began that is under way).
 *
 * <p><b>Clocks:</b> periods and run times are measured on the monotonic clock, so steps of the wall clock do not matter. In
 * a suspended host that clock stands still on Linux and goes on elsewhere: there, or after a long pause of the process, a
 * job may be late without a fault of its own until it has had time for its next beat; {@link #grace} and {@code downAfter}
 * are what bridges that.
 *
 * <p><b>State:</b> this check remembers what its job told, so it is equal only to itself, and one object belongs to one job.
 * The options are immutable, and each option returns a copy, which has had no sign yet: set them first, and keep the last
 * copy for the job and for the monitor.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. {@code beat}, {@code start} and {@code fail} never block and
 * never throw; each reads the clocks and replaces one small object.
 */
public final class HeartbeatCheck implements Check {

    /** The most grace there is unless {@link #grace} says otherwise: 5 minutes. */
    public static final Duration MOST_DEFAULT_GRACE = Duration.ofMinutes(5);

    private final Plan plan;
    private final AtomicReference<Signs> signs = new AtomicReference<>(Signs.NONE);
    private final AtomicReference<@Nullable Moment> firstRun = new AtomicReference<>();

    private HeartbeatCheck(Plan plan) {
        this.plan = plan;
    }

    /**
     * Expects a beat at least once in each period, counted from the last one.
     *
     * @param period the longest time from one beat to the next, from 100 milliseconds to 366 days
     * @return the check
     * @throws IllegalArgumentException if the period is outside its range
     */
    public static HeartbeatCheck every(Duration period) {
        Plan.requireBetween("every", period, Plan.SHORTEST_PERIOD);
        Duration grace = period.compareTo(MOST_DEFAULT_GRACE) < 0 ? period : MOST_DEFAULT_GRACE;
        return new HeartbeatCheck(Plan.of(new Due.Every(period), grace));
    }

    /**
     * Expects a beat for each of some times: after it, or at most one second before it. A beat that comes after several
     * times counts for all of them.
     *
     * <p>These are times of the wall clock. When that clock is set, a beat from before counts as late as it may be meant.
     *
     * @param times tells the last expected time, such as {@code moment -> cron.lastUpTo(moment, zone)}. If it throws, or
     *     gives a time after the one that it was asked for, the run fails with {@code CHECK_ERROR}
     * @return the check
     */
    public static HeartbeatCheck at(ExpectedTimes times) {
        Objects.requireNonNull(times, "times");
        return new HeartbeatCheck(Plan.of(new Due.At(times), MOST_DEFAULT_GRACE));
    }

    /**
     * Bounds how late a beat may come.
     *
     * <p>Default: the period, but at most 5 minutes; 5 minutes for given times. From zero to 366 days.
     *
     * @param grace the longest delay
     * @return a copy with that grace and without a sign yet
     * @throws IllegalArgumentException if it is outside its range
     */
    public HeartbeatCheck grace(Duration grace) {
        return new HeartbeatCheck(plan.grace(grace));
    }

    /**
     * Bounds how long the job may take from {@link #start()} to {@link #beat()}. A run that takes longer fails the check
     * with {@code MISSED_HEARTBEAT} until it ends; after that the check warns until the next beat. As long as it may still
     * end in time, no beat is missed. Without {@code start()} this has no effect.
     *
     * <p>Default: no bound; from 1 millisecond to 366 days.
     *
     * @param limit the longest run of the job
     * @return a copy with that bound and without a sign yet
     * @throws IllegalArgumentException if it is outside its range
     * @throws IllegalStateException if it is not more than {@link #minRunTime}
     */
    public HeartbeatCheck maxRunTime(Duration limit) {
        return new HeartbeatCheck(plan.maxRunTime(limit));
    }

    /**
     * Says how long the job takes at least from {@link #start()} to {@link #beat()} if it has really done its work. After a
     * run that was shorter the check fails with {@code ASSERTION} until the next beat. Without {@code start()} this has
     * no effect.
     *
     * <p>Default: no bound; from 1 millisecond to 366 days.
     *
     * @param limit the shortest run of the job
     * @return a copy with that bound and without a sign yet
     * @throws IllegalArgumentException if it is outside its range
     * @throws IllegalStateException if it is not less than {@link #maxRunTime}
     */
    public HeartbeatCheck minRunTime(Duration limit) {
        return new HeartbeatCheck(plan.minRunTime(limit));
    }

    /**
     * Names the job, to be shown as the {@linkplain #target() target}.
     *
     * <p>Default: none.
     *
     * @param text one line of 1 to 100 characters
     * @return a copy with that name and without a sign yet
     * @throws IllegalArgumentException if the text is no such line
     */
    public HeartbeatCheck describedAs(String text) {
        return new HeartbeatCheck(plan.describedAs(text));
    }

    /**
     * Reads other clocks, for tests in virtual time. They must be those of the monitor, since signs and runs are measured by
     * the same clock.
     *
     * <p>Default: {@link TimeSource#system()}.
     *
     * @param time the clocks
     * @return a copy with those clocks and without a sign yet
     */
    public HeartbeatCheck timeSource(TimeSource time) {
        return new HeartbeatCheck(plan.time(time));
    }

    /** Gives a sign of life: the job has done its work. Ends what {@link #start()} began, and what {@link #fail} said. */
    public void beat() {
        Moment now = Moment.now(plan.time());
        signs.updateAndGet(before -> before.beaten(now));
    }

    /** Says that the job begins to work. One that is said to begin again without a beat between begins anew. */
    public void start() {
        Moment now = Moment.now(plan.time());
        signs.updateAndGet(before -> before.started(now));
    }

    /**
     * Says that the job has failed: the check fails until the next beat.
     *
     * @param reason one line for people, which everybody may read; null if there is none to give
     */
    public void fail(@Nullable String reason) {
        Moment now = Moment.now(plan.time());
        String text = reason == null ? "" : SafeText.line(reason, CheckResult.MAX_MESSAGE);
        signs.updateAndGet(before -> before.failed(now, text));
    }

    @Override
    public CheckResult run(CheckContext context) {
        Moment now = Moment.now(plan.time());
        firstRun.compareAndSet(null, now);
        Moment since = firstRun.get();
        return plan.judge(Objects.requireNonNull(signs.get()), since == null ? now : since, now);
    }

    @Override
    public String kind() {
        return "heartbeat";
    }

    /**
     * Returns the name of the job.
     *
     * @return what {@link #describedAs} said, or null
     */
    @Override
    public @Nullable String target() {
        return plan.description();
    }

    @Override
    public String toString() {
        return "heartbeat " + plan.due() + " with " + Wording.span(plan.grace()) + " of grace";
    }
}
