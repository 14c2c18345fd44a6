package io.sitemonitor;

import io.sitemonitor.alert.Acknowledgement;
import io.sitemonitor.alert.Alert;
import io.sitemonitor.alert.AlertKind;
import io.sitemonitor.alert.DeadLetter;
import io.sitemonitor.alert.PlannedAlert;
import io.sitemonitor.alert.Silence;
import io.sitemonitor.alert.internal.AlertRouter;
import io.sitemonitor.alert.internal.DeadLetters;
import io.sitemonitor.check.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people say about the alerts of a monitor: that they have taken something on, that somebody is not to be disturbed; and
 * what has become of alerts that could not be delivered.
 *
 * <p>With a {@linkplain MonitorBuilder#store store} all of this outlives the process.
 *
 * <p><b>Threads:</b> safe for use by any number of threads. Made by {@link Monitor#alerts()}.
 */
public final class Alerts {

    private static final int MAX_TEXT = 200;

    private final Supplier<@Nullable Engine> running;
    private final Function<String, Defined> definitions;
    private final DeadLetters deadLetters;
    private final String monitor;

    Alerts(
            String monitor,
            Supplier<@Nullable Engine> running,
            Function<String, Defined> definitions,
            DeadLetters deadLetters) {
        this.monitor = monitor;
        this.running = running;
        this.definitions = definitions;
        this.deadLetters = deadLetters;
    }

    /**
     * Notes that somebody has taken on what is open of a check: reminders and escalation end, and whoever was told of it is
     * told that, by an alert of kind {@link AlertKind#ACKNOWLEDGED}. Holds until it is over.
     *
     * @param check the name of the check; that of the monitor for what is about the monitor itself
     * @param by who, in one line for people, such as {@code ann: restarting it}; what is longer than 200 characters is cut
     * @return whether anything was told of it that is open and that nobody had taken on before
     * @throws IllegalArgumentException if there is no such check
     * @throws IllegalStateException if the monitor is not running
     */
    public boolean acknowledge(String check, String by) {
        AlertRouter router = router();
        requireCheck(check);
        return router.acknowledge(check, SafeText.line(by, MAX_TEXT));
    }

    /**
     * Returns what somebody has taken on that is not over.
     *
     * @return a copy
     */
    public List<Acknowledgement> acknowledgements() {
        Engine engine = running.get();
        return engine == null ? List.of() : engine.router().acknowledgements();
    }

    /**
     * Spares a listener for a while: what begins meanwhile is told at the end, if it still lasts then; reminders are left
     * out; the end of what it was told before is told in any case. Muting a muted listener gives it another reason and end.
     *
     * @param listener the name of an alert listener
     * @param reason why, in one line for people
     * @param limit for how long; more than zero, at most 36,500 days
     * @throws IllegalArgumentException if there is no such listener, or the limit is less or more than allowed
     * @throws IllegalStateException if the monitor is not running
     */
    public void mute(String listener, String reason, Duration limit) {
        silence(listener, null, reason, limit);
    }

    /**
     * Lets a listener be told again: what still lasts is told at once. Does nothing if it is not muted.
     *
     * @param listener the name of an alert listener
     * @throws IllegalArgumentException if there is no such listener
     * @throws IllegalStateException if the monitor is not running
     */
    public void unmute(String listener) {
        router().endSilence(listener, null);
    }

    /**
     * Lets nobody be told of a check for a while, as by {@link #mute}. It goes on to be watched, and the time counts.
     *
     * @param check the name of a check
     * @param reason why, in one line for people
     * @param limit for how long; more than zero, at most 36,500 days
     * @throws IllegalArgumentException if there is no such check, or the limit is less or more than allowed
     * @throws IllegalStateException if the monitor is not running
     */
    public void snooze(String check, String reason, Duration limit) {
        router();
        requireCheck(check);
        silence(null, check, reason, limit);
    }

    /**
     * Ends a {@link #snooze}: what still lasts is told at once. Does nothing if there is none.
     *
     * @param check the name of a check
     * @throws IllegalStateException if the monitor is not running
     */
    public void endSnooze(String check) {
        router().endSilence(null, check);
    }

    private void silence(@Nullable String listener, @Nullable String check, String reason, Duration limit) {
        Duration checked = Monitor.requirePositive("silence", limit);
        Engine engine = engine();
        Instant now = engine.time().now();
        engine.router().silence(new Silence(listener, check, SafeText.line(reason, MAX_TEXT), now, now.plus(checked)));
    }

    /**
     * Returns who is muted and what is snoozed now.
     *
     * @return a copy
     */
    public List<Silence> silences() {
        Engine engine = running.get();
        return engine == null ? List.of() : engine.router().silences();
    }

    /**
     * Says who would be told, when, and why or why not, if something began now. Nothing is told. The filters of listeners
     * are asked on this thread.
     *
     * @param check the name of a check
     * @param kind what would begin
     * @return one plan for each listener, in the order in which they were added
     * @throws IllegalArgumentException if there is no such check, or the kind begins nothing that is told of a check
     * @throws IllegalStateException if the monitor is not running
     */
    public List<PlannedAlert> plan(String check, AlertKind kind) {
        AlertRouter router = router();
        if (kind != AlertKind.DOWN && kind != AlertKind.DEGRADED && kind != AlertKind.FLAPPING) {
            throw new IllegalArgumentException("plan takes DOWN, DEGRADED and FLAPPING, but was " + kind);
        }
        Alert sample = new AlertForms(monitor, check, engine().time()).sample(kind, defined(check));
        return router.plan(sample);
    }

    /**
     * Returns the alerts that were given up.
     *
     * @return the latest 1,000, the oldest first; a copy
     */
    public List<DeadLetter> deadLetters() {
        return deadLetters.list();
    }

    /**
     * Offers an alert that was given up to its listener again, with the same id and with all its time, as soon as the policy of
     * the listener lets it be told: a mute and hours hold it. If it began something that still lasts, its end will be told to
     * the listener too.
     *
     * @param letter one of the {@linkplain #deadLetters() dead letters}, which is one no longer
     * @return whether it was one, and there is such a listener
     * @throws IllegalStateException if the monitor is not running
     */
    public boolean replay(DeadLetter letter) {
        return router().replay(letter);
    }

    /**
     * Forgets an alert that was given up.
     *
     * @param letter one of the {@linkplain #deadLetters() dead letters}
     * @return whether it was one
     * @throws IllegalStateException if the monitor is not running
     */
    public boolean discard(DeadLetter letter) {
        return router().discard(letter);
    }

    private void requireCheck(String check) {
        if (!check.equals(monitor)) {
            defined(check);
        }
    }

    private Defined defined(String check) {
        return definitions.apply(check);
    }

    private AlertRouter router() {
        return engine().router();
    }

    private Engine engine() {
        Engine engine = running.get();
        if (engine == null) {
            throw new IllegalStateException("monitor '" + monitor + "' is not running");
        }
        return engine;
    }
}
